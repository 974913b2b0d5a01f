import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { temporaryFile } from "./engine-harness.ts";
import { music, writeWave } from "./fixtures.ts";

test("a script given on Node's command line loads, and Node ends by itself after shutDown", () => {
	const path = temporaryFile(
		"tune.wav",
		writeWave(music(480, 48_000, 2), { coding: "f32", sampleRate: 48_000, channels: 2 }),
	);
	const script = `
		import { AudioEngine } from "flitzis-looper";
		const engine = new AudioEngine({ output: "offline" });
		await engine.run();
		const { frames } = await engine.loadSample(0, process.argv[1]);
		await engine.shutDown();
		process.stdout.write(String(frames));`;
	const cwd = fileURLToPath(new URL("..", import.meta.url));
	const options = { cwd, encoding: "utf8" as const };
	expect(execFileSync(process.execPath, ["--input-type=module", "-e", script, path], options)).toBe("480");
});
