import { execFileSync, spawn } from "node:child_process";
import {
	appendFileSync,
	chmodSync,
	closeSync,
	mkdirSync,
	openSync,
	symlinkSync,
	writeFileSync,
	writeSync,
} from "node:fs";
import { join } from "node:path";
import type { LoaderEvent } from "flitzis-looper";
import { expect, onTestFinished, test } from "vitest";
import { boundsHarness } from "./bounds-harness.ts";
import { isTerminal, turnsUntil } from "./engine-harness.ts";
import { serve } from "./file-server.ts";
import { writeWaveData } from "./fixtures.ts";

const MEBIBYTE = 2 ** 20;
const BUDGET = 8 * MEBIBYTE;
const endless = {
	code: "out-of-memory",
	msg: /^The source is longer than 32\.0 MiB, .* a memory budget of 8\.0 MiB\. Load it from a file or raise memoryBudget\.$/,
} as const;

/** A pipe with an endless writer. */
function endlessPipe(folder: string): string {
	const path = join(folder, "pipe");
	execFileSync("mkfifo", [path]);
	const writer = spawn("sh", ["-c", 'exec cat /dev/zero > "$0"', path], { stdio: "ignore" });
	onTestFinished(() => void writer.kill("SIGKILL"));
	return path;
}

test("endless sources are abandoned at four times the budget: a device, a pipe, a server", async () => {
	const { folder, expectFailure } = await boundsHarness({ memoryBudget: BUDGET });
	let isClosed = false;
	const base = await serve((_, response) => {
		const piece = Buffer.alloc(MEBIBYTE);
		const write = (): void => void (response.destroyed || response.write(piece, write));
		response.once("close", () => {
			isClosed = true;
		});
		write();
	});
	for (const source of ["/dev/zero", endlessPipe(folder), base]) {
		expect((await expectFailure(source, endless)).stage).toBe("Loading (reading)");
	}
	await turnsUntil(() => isClosed);
});

test("a response announced as too long is not read", async () => {
	const { expectFailure } = await boundsHarness({ memoryBudget: BUDGET });
	const base = await serve((_, response) => {
		response.writeHead(200, { "content-length": 32 * MEBIBYTE + 1 });
		response.flushHeaders();
	});
	expect(await expectFailure(base, endless)).toEqual({ stage: "Loading (reading)", percent: 0 });
});

test.for(["/dev/zero", "a pipe"])("a cancelled load of an endless %s leaves no temporary file", async (name) => {
	const { engine, folder, temporaries } = await boundsHarness();
	engine.loadSampleAsync(1, name === "a pipe" ? endlessPipe(folder) : name);
	await turnsUntil(() => temporaries().length > 0);
	engine.cancelLoad(1);
	await turnsUntil(() => temporaries().length === 0);
	expect(
		(await engine.loadSample(1, writeWaveData(new Uint8Array(400), { sampleRate: 48_000, channels: 2 }))).frames,
	).toBe(100);
});

test("an engine shut down while a source arrives leaves no temporary file", async () => {
	const { engine, temporaries } = await boundsHarness();
	engine.loadSampleAsync(1, "/dev/zero");
	await turnsUntil(() => temporaries().length === 1 && temporaries().every((path) => path.endsWith("(deleted)")));
	await engine.shutDown();
	expect(temporaries()).toEqual([]);
});

test("folders, circular links and unreadable files fail with their paths", async () => {
	const { folder, expectFailure } = await boundsHarness();
	chmodSync(folder, 0o755);
	mkdirSync(join(folder, "album.wav"));
	symlinkSync("circle.wav", join(folder, "circle.wav"));
	writeFileSync(join(folder, "secret.wav"), "secret", { mode: 0 });
	await expectFailure(join(folder, "album.wav"), {
		code: "read-failed",
		msg: /album\.wav is a folder\. Choose a file in it\.$/,
	});
	expect(
		await expectFailure(join(folder, "circle.wav"), { code: "read-failed", msg: /circle\.wav cannot be read: ELOOP/ }),
	).toEqual({ stage: "Loading (reading)", percent: 0 });
	await expectFailure(join(folder, "album.wav", "none"), { code: "file-not-found", msg: /^File not found$/ });
	// Root may read everything, so drop privileges while the file is opened.
	const isRoot = process.geteuid?.() === 0;
	if (isRoot) process.seteuid?.(65_534);
	const stepUp = (event: LoaderEvent): void => {
		if (isRoot && isTerminal(event)) process.seteuid?.(0);
	};
	await expectFailure(
		join(folder, "secret.wav"),
		{ code: "read-failed", msg: /secret\.wav cannot be read: EACCES/ },
		stepUp,
	);
});

test.for<[string, (path: string) => void]>([
	["grows", (path) => appendFileSync(path, "more")],
	[
		"is overwritten",
		(path) => {
			const file = openSync(path, "r+");
			writeSync(file, Buffer.alloc(MEBIBYTE, 1), 0, MEBIBYTE, 10 * MEBIBYTE);
			closeSync(file);
		},
	],
])("a long file that %s while being decoded fails and leaves nothing", async ([, change]) => {
	const { folder, expectFailure } = await boundsHarness({ memoryBudget: 64 * MEBIBYTE });
	const path = join(folder, "long.wav");
	writeFileSync(path, writeWaveData(new Uint8Array(20 * MEBIBYTE), { sampleRate: 44_100, channels: 2 }));
	let isChanged = false;
	const { stage } = await expectFailure(
		path,
		{ code: "read-failed", msg: /long\.wav changed while it was being read\. Load it again\.$/ },
		(event) => {
			if (isChanged || event.type !== "progress" || event.stage !== "Loading (decoding)") return;
			isChanged = true;
			change(path);
		},
	);
	expect([isChanged, stage]).toEqual([true, "Loading (publishing)"]);
});
