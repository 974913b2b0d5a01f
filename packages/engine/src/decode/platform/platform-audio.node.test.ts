import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import { convertWithFfmpeg, music, writeWave } from "../../../test/fixtures.ts";
import { audioChildLocation, testAudio } from "../../../test/node-audio.ts";
import { memorySource } from "../../source/byte-source.ts";
import { openDecoder } from "../open-decoder.ts";
import { nodeAudio } from "./platform-audio.node.ts";
import type { PlatformCodec } from "./platform-audio.ts";

const aac: PlatformCodec = {
	name: "AAC",
	codecString: "mp4a.40.2",
	sampleRate: 44_100,
	channels: 2,
	packetFrames: 1_024,
	cookie: null,
};
const wave = writeWave(music(20_000, 44_100, 2), { sampleRate: 44_100, channels: 2 });
const file = convertWithFfmpeg(wave, { from: "wav", to: "adts", args: ["-c:a", "aac", "-f", "adts"] });

function audioOf(location: URL): ReturnType<typeof nodeAudio> {
	const audio = nodeAudio(location);
	onTestFinished(() => audio.close());
	return audio;
}

const decode = (platformAudio: ReturnType<typeof nodeAudio>) =>
	decodeAll(openDecoder(memorySource(file), decodeContext({ platformAudio })));

test("a file that crashes the decoder process is malformed-audio, and the next one starts a new process", async () => {
	const audio = audioOf(new URL("../../../test/threads/dying-audio-child.mjs", import.meta.url));
	for (let load = 0; load < 2; load++) {
		await expect(decode(audio)).rejects.toMatchObject({
			code: "malformed-audio",
			message: "The decoder failed on this file. The decoder process exited with SIGKILL.",
		});
	}
});

test("a process that ended between two files is replaced", async () => {
	const audio = audioOf(audioChildLocation);
	const first = await decode(audio);
	audio.close();
	expect((await decode(audio)).samples).toEqual(first.samples);
});

test("without node-web-audio-api the error names the codec and the package", async () => {
	const folder = mkdtempSync(join(tmpdir(), "looper-child-"));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const script = join(folder, "audio-child.mjs");
	copyFileSync(audioChildLocation, script);
	await expect(decode(audioOf(pathToFileURL(script)))).rejects.toMatchObject({
		code: "unsupported-format",
		message: expect.stringMatching(/^AAC needs the package node-web-audio-api in Node\. Install it/),
	});
});

test("a process that cannot start is worker-crashed", async () => {
	const missing = audioOf(pathToFileURL("/no/such/folder/audio-child.mjs"));
	await expect(decode(missing)).rejects.toMatchObject({ code: "worker-crashed" });
});

test.each<[string, Partial<PlatformCodec>, RegExp]>([
	[
		"HE-AAC",
		{ name: "HE-AAC", codecString: "mp4a.40.5" },
		/supports only Low Complexity, and this is HE-AAC \(mp4a\.40\.5\)/,
	],
	["a rate of 500 kHz", { sampleRate: 500_000 }, /supports 2000 to 384000 Hz, and this file has 500000 Hz/],
])("%s is rejected with a remedy", async (_what, changes, message) => {
	await expect(testAudio.open({ ...aac, ...changes })).rejects.toMatchObject({
		code: "unsupported-format",
		message: expect.stringMatching(message),
	});
});
