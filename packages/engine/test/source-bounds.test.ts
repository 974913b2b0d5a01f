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
import { boundsBench } from "./bounds-harness.ts";
import { isTerminal, turnsUntil } from "./engine-harness.ts";
import { serve } from "./file-server.ts";
import { writeWaveData } from "./fixtures.ts";

const MEBIBYTE = 2 ** 20;
const BUDGET = 8 * MEBIBYTE;
const endless = {
	code: "out-of-memory",
	msg: /^the source is longer than 32\.0 MiB, .* a memory budget of 8\.0 MiB; load it from a file or raise memoryBudget$/,
} as const;

/** A pipe that somebody writes to without end. */
function endlessPipe(folder: string): string {
	const path = join(folder, "pipe");
	execFileSync("mkfifo", [path]);
	const writer = spawn("sh", ["-c", 'exec cat /dev/zero > "$0"', path], { stdio: "ignore" });
	onTestFinished(() => void writer.kill("SIGKILL"));
	return path;
}

test("sources that never end are given up at four times the budget: a device, a pipe, a server", async () => {
	const { folder, refuses } = await boundsBench({ memoryBudget: BUDGET });
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
		expect((await refuses(source, endless)).stage).toBe("Loading (reading)");
	}
	await turnsUntil(() => isClosed);
});

test("a server that announces too much is not listened to", async () => {
	const { refuses } = await boundsBench({ memoryBudget: BUDGET });
	const base = await serve((_, response) => {
		response.writeHead(200, { "content-length": 32 * MEBIBYTE + 1 });
		response.flushHeaders();
	});
	expect(await refuses(base, endless)).toEqual({ stage: "Loading (reading)", percent: 0 });
});

test.for(["/dev/zero", "a pipe"])(
	"a load of %s that never ends is cancelled, and leaves no temporary file",
	async (name) => {
		const { engine, folder, temporaries } = await boundsBench();
		engine.loadSampleAsync(1, name === "a pipe" ? endlessPipe(folder) : name);
		await turnsUntil(() => temporaries().length > 0);
		engine.cancelLoad(1);
		await turnsUntil(() => temporaries().length === 0);
		expect(
			(await engine.loadSample(1, writeWaveData(new Uint8Array(400), { sampleRate: 48_000, channels: 2 }))).frames,
		).toBe(100);
	},
);

test("an engine that is shut down while a source arrives leaves no temporary file", async () => {
	const { engine, temporaries } = await boundsBench();
	engine.loadSampleAsync(1, "/dev/zero");
	await turnsUntil(() => temporaries().length === 1 && temporaries().every((path) => path.endsWith("(deleted)")));
	await engine.shutDown();
	expect(temporaries()).toEqual([]);
});

test("folders, links in a circle and files that may not be read are told, each with its path", async () => {
	const { folder, refuses } = await boundsBench();
	chmodSync(folder, 0o755);
	mkdirSync(join(folder, "album.wav"));
	symlinkSync("circle.wav", join(folder, "circle.wav"));
	writeFileSync(join(folder, "secret.wav"), "secret", { mode: 0 });
	await refuses(join(folder, "album.wav"), {
		code: "read-failed",
		msg: /album\.wav is a folder; choose a file in it$/,
	});
	expect(
		await refuses(join(folder, "circle.wav"), { code: "read-failed", msg: /circle\.wav cannot be read: ELOOP/ }),
	).toEqual({ stage: "Loading (reading)", percent: 0 });
	await refuses(join(folder, "album.wav", "none"), { code: "file-not-found", msg: /^File not found$/ });
	// Root may read everything, so it steps down while the file is opened.
	const isRoot = process.geteuid?.() === 0;
	if (isRoot) process.seteuid?.(65_534);
	const stepUp = (event: LoaderEvent): void => {
		if (isRoot && isTerminal(event)) process.seteuid?.(0);
	};
	await refuses(join(folder, "secret.wav"), { code: "read-failed", msg: /secret\.wav cannot be read: EACCES/ }, stepUp);
});

test.for<[string, (path: string) => void]>([
	["grows", (path) => appendFileSync(path, "more")],
	[
		"is written over",
		(path) => {
			const file = openSync(path, "r+");
			writeSync(file, Buffer.alloc(MEBIBYTE, 1), 0, MEBIBYTE, 10 * MEBIBYTE);
			closeSync(file);
		},
	],
])("a long file that %s while it is decoded fails, and nothing of it stays", async ([, change]) => {
	const { folder, refuses } = await boundsBench({ memoryBudget: 64 * MEBIBYTE });
	const path = join(folder, "long.wav");
	writeFileSync(path, writeWaveData(new Uint8Array(20 * MEBIBYTE), { sampleRate: 44_100, channels: 2 }));
	let isChanged = false;
	const { stage } = await refuses(
		path,
		{ code: "read-failed", msg: /long\.wav changed while it was read; load it again$/ },
		(event) => {
			if (isChanged || event.type !== "progress" || event.stage !== "Loading (decoding)") return;
			isChanged = true;
			change(path);
		},
	);
	expect([isChanged, stage]).toEqual([true, "Loading (publishing)"]);
});
