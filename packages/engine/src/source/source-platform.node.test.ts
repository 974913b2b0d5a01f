import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
	appendFileSync,
	chmodSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	rmSync,
	symlinkSync,
	truncateSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { readWhole } from "../../test/byte-sources.ts";
import { Cancellation } from "./cancellation.ts";
import { type OpenedSource, openSource } from "./open-source.ts";
import { KEPT_BYTES } from "./read-stream.ts";
import { nodeSources } from "./source-platform.node.ts";

const MEBIBYTE = 2 ** 20;

function temporaryFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), "looper-source-"));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

function temporaryFile(bytes: Uint8Array): string {
	const path = join(temporaryFolder(), "file");
	writeFileSync(path, bytes);
	return path;
}

/** Bytes whose neighbourhood tells where they stand. */
function fileBytes(length: number): Buffer<ArrayBuffer> {
	const bytes = Buffer.alloc(length);
	for (let index = 0; index < length; index++) bytes[index] = index ^ (index >> 8) ^ (index >> 16);
	return bytes;
}

const long = fileBytes(KEPT_BYTES + 2 * MEBIBYTE + 123);

/** Opens a path as a load does. @param onPiece - called after each piece that was hashed */
function openPath(
	path: string,
	options: { onPiece?: (read: number) => void; cancellation?: Cancellation; isNew?: boolean } = {},
): Promise<OpenedSource> {
	return openSource({ kind: "path", path }, nodeSources, options.cancellation ?? new Cancellation(), {
		memoryBudget: 2 ** 30,
		onBytes: (read) => {
			options.onPiece?.(read);
			return Promise.resolve();
		},
		onRetry: () => Promise.reject(new Error("a path is never asked for twice")),
		mayBeKnown: () => Promise.resolve(!options.isNew),
	});
}

/** Bytes that this process has read so far, from wherever. */
function bytesReadByProcess(): number {
	return Number(/^rchar: (\d+)$/m.exec(readFileSync("/proc/self/io", "utf8"))?.[1]);
}

/** Gives the test a temporary folder of its own for spools. @returns a look at those that are open; none has a name. */
function watchSpools(): () => string[] {
	const folder = temporaryFolder();
	vi.stubEnv("TMPDIR", folder);
	onTestFinished(() => void vi.unstubAllEnvs());
	return () => {
		expect(readdirSync(folder)).toEqual([]);
		const descriptors = readdirSync("/proc/self/fd").map((name) => join("/proc/self/fd", name));
		return descriptors.filter((path) => targetOf(path).startsWith(folder));
	};
}

/** What a link leads to, nothing when it has gone: the listing's own descriptor has. */
function targetOf(link: string): string {
	try {
		return readlinkSync(link);
	} catch {
		return "";
	}
}

test("a file longer than is kept is read where it lies, in pieces of a mebibyte", async () => {
	const pieces: number[] = [];
	const { source, contentHash } = await openPath(temporaryFile(long), { onPiece: (read) => pieces.push(read) });
	onTestFinished(() => source.close());
	expect(contentHash).toBe(createHash("sha256").update(long).digest("hex"));
	expect(pieces.map((read, index) => read - (pieces[index - 1] ?? 0))).toEqual([
		...Array.from({ length: 18 }, () => MEBIBYTE),
		123,
	]);
	for (const offset of [0, long.length - 7, 3 * MEBIBYTE - 5, 12, 17 * MEBIBYTE]) {
		expect(Buffer.compare(source.bytes.read(offset, 500), long.subarray(offset, offset + 500))).toBe(0);
	}
	expect(Buffer.compare(readWhole(source.bytes), long)).toBe(0);
	await source.checkUnchanged();
});

test.for<[string, (path: string) => void]>([
	["grows", (path) => appendFileSync(path, "x")],
	["becomes shorter", (path) => truncateSync(path, KEPT_BYTES)],
	["becomes empty", (path) => truncateSync(path, 0)],
	["is written again at another time", (path) => utimesSync(path, 1, 1)],
])("a long file that %s after it was hashed is told by the check at the end", async ([, change]) => {
	const path = temporaryFile(long);
	const { source } = await openPath(path);
	onTestFinished(() => source.close());
	await source.checkUnchanged();
	change(path);
	await expect(source.checkUnchanged()).rejects.toMatchObject({
		code: "read-failed",
		message: `${path} changed while it was read; load it again`,
	});
});

test("a long file that is new is read from the disk once, and once more by whoever has to hash it first", async () => {
	const path = temporaryFile(long);
	for (const [isNew, times] of [
		[true, 1],
		[false, 2],
	] as const) {
		const before = bytesReadByProcess();
		const { source, nameContent } = await openPath(path, { isNew });
		expect(Buffer.compare(readWhole(source.bytes), long)).toBe(0);
		expect(await nameContent(() => Promise.resolve())).toBe(createHash("sha256").update(long).digest("hex"));
		await source.checkUnchanged();
		await source.close();
		const read = bytesReadByProcess() - before - times * long.length;
		// Beside the file itself: its fingerprint, and what the process reads of its own.
		expect(read).toBeGreaterThanOrEqual(0);
		expect(read).toBeLessThan(2 * MEBIBYTE);
	}
});

test.for<[string, (path: string) => void]>([
	["grows", (path) => appendFileSync(path, "x")],
	["becomes shorter", (path) => truncateSync(path, KEPT_BYTES)],
	["is written again at another time", (path) => utimesSync(path, 1, 1)],
])("a long file that %s while it is decoded and hashed at once is told by the check at the end", async ([, change]) => {
	const path = temporaryFile(long);
	const { source } = await openPath(path, { isNew: true });
	onTestFinished(() => source.close());
	source.bytes.read(0, 1000);
	change(path);
	await expect(source.checkUnchanged()).rejects.toMatchObject({
		code: "read-failed",
		message: `${path} changed while it was read; load it again`,
	});
});

test("a long file that becomes shorter while it is hashed is told at once", async () => {
	const path = temporaryFile(long);
	const cut = (read: number): void => {
		if (read === 2 * MEBIBYTE) truncateSync(path, 4 * MEBIBYTE);
	};
	await expect(openPath(path, { onPiece: cut })).rejects.toMatchObject({
		code: "read-failed",
		message: "the file became shorter while it was read; try again",
	});
});

test("a short file that changes before it has been hashed is told at once", async () => {
	const path = temporaryFile(fileBytes(5000));
	await expect(openPath(path, { onPiece: () => appendFileSync(path, "x") })).rejects.toMatchObject({
		code: "read-failed",
	});
});

test("a file replaced by another under its name is read to its own end", async () => {
	const path = temporaryFile(long);
	const { source } = await openPath(path);
	onTestFinished(() => source.close());
	rmSync(path);
	writeFileSync(path, "something else");
	expect(Buffer.compare(readWhole(source.bytes), long)).toBe(0);
	await source.checkUnchanged();
});

test("a file that may not be read says so", async () => {
	const path = temporaryFile(fileBytes(100));
	chmodSync(path, 0);
	const folder = join(path, "..");
	chmodSync(folder, 0o755);
	// Root may read everything, so it steps down for the call.
	const isRoot = process.geteuid?.() === 0;
	if (isRoot) process.seteuid?.(65_534);
	try {
		await expect(openPath(path)).rejects.toMatchObject({
			code: "read-failed",
			message: expect.stringMatching(/EACCES: permission denied.*check that it is there and try again$/),
		});
	} finally {
		if (isRoot) process.seteuid?.(0);
	}
});

test("what is missing is File not found: no such name, a path through a file", async () => {
	const file = temporaryFile(fileBytes(10));
	for (const path of [join(temporaryFolder(), "none.wav"), join(file, "inside.wav")]) {
		await expect(openPath(path)).rejects.toMatchObject({ code: "file-not-found", message: "File not found" });
	}
});

test("folders, circles of links and names too long are told with what the system says", async () => {
	const folder = temporaryFolder();
	symlinkSync("circle", join(folder, "circle"));
	await expect(openPath(folder)).rejects.toMatchObject({
		code: "read-failed",
		message: `${folder} is a folder; choose a file in it`,
	});
	await expect(openPath(join(folder, "circle"))).rejects.toMatchObject({
		code: "read-failed",
		message: expect.stringContaining("ELOOP"),
	});
	await expect(openPath(join(folder, "x".repeat(300)))).rejects.toMatchObject({
		code: "read-failed",
		message: expect.stringContaining("ENAMETOOLONG"),
	});
});

test("a pipe is read to its end: short ones into memory, long ones into a spool that goes with its source", async () => {
	const folder = temporaryFolder();
	const spools = watchSpools();
	for (const bytes of [fileBytes(70_000), long]) {
		const path = join(folder, `pipe of ${bytes.length}`);
		execFileSync("mkfifo", [path]);
		const opening = openPath(path);
		const writer = await open(path, "w");
		await writer.writeFile(bytes);
		await writer.close();
		const { source, contentHash } = await opening;
		expect(contentHash).toBe(createHash("sha256").update(bytes).digest("hex"));
		expect(Buffer.compare(readWhole(source.bytes), bytes)).toBe(0);
		expect(spools()).toHaveLength(bytes.length > KEPT_BYTES ? 1 : 0);
		await source.checkUnchanged();
		await source.close();
		expect(spools()).toEqual([]);
	}
});

test("a load of a pipe that says nothing ends when it is cancelled, with a writer or without", async () => {
	for (const hasWriter of [true, false]) {
		const path = join(temporaryFolder(), "pipe");
		execFileSync("mkfifo", [path]);
		const cancellation = new Cancellation();
		const opening = openPath(path, { cancellation });
		// A writer's open settles when the pipe is open on this side, too.
		const writer = hasWriter ? await open(path, "w") : null;
		cancellation.cancel();
		await expect(opening).rejects.toMatchObject({ code: "cancelled" });
		await writer?.close();
	}
});

test("a spool is gone when its stream breaks, and tells when somebody cuts it", async () => {
	const spools = watchSpools();
	const breaking = nodeSources.createSpool();
	breaking.append(long.subarray(0, 10));
	expect(spools()).toHaveLength(1);
	breaking.discard();
	expect(spools()).toEqual([]);
	const spool = nodeSources.createSpool();
	spool.append(long);
	const stored = spool.finish();
	truncateSync(spools()[0]!, 5);
	await expect(stored.checkUnchanged()).rejects.toMatchObject({ code: "read-failed" });
	await stored.close();
	expect(spools()).toEqual([]);
});

test("a Blob is read as it stands", async () => {
	const { source, contentHash } = await openSource(
		{ kind: "blob", blob: new Blob([long.subarray(0, 100), long.subarray(100, 5000)]) },
		nodeSources,
		new Cancellation(),
		{
			memoryBudget: 2 ** 30,
			onBytes: () => Promise.resolve(),
			onRetry: () => Promise.resolve(),
			mayBeKnown: () => Promise.resolve(true),
		},
	);
	expect(Buffer.compare(readWhole(source.bytes), long.subarray(0, 5000))).toBe(0);
	expect(contentHash).toBe(createHash("sha256").update(long.subarray(0, 5000)).digest("hex"));
});

test("a spool that cannot be made or written is told with its folder, and the next one is tried anew", () => {
	const spools = watchSpools();
	const folder = join(tmpdir(), "made later");
	vi.stubEnv("TMPDIR", folder);
	expect(() => nodeSources.createSpool()).toThrow(
		expect.objectContaining({
			code: "read-failed",
			message: expect.stringMatching(/^a temporary file in .*made later cannot be written: ENOENT.*make room there/),
		}),
	);
	mkdirSync(folder);
	const spool = nodeSources.createSpool();
	rmSync(folder, { recursive: true });
	expect(spools()).toHaveLength(1);
	spool.discard();
	expect(() => spool.append(Uint8Array.of(1))).toThrow(expect.objectContaining({ code: "read-failed" }));
});

test("a device that refuses to be read is told by its name", async () => {
	// The far end of a terminal that nobody has opened has nothing to say.
	await expect(openPath("/dev/ptmx")).rejects.toMatchObject({
		code: "read-failed",
		message: expect.stringMatching(/^\/dev\/ptmx cannot be read: EAGAIN.*try again$/),
	});
});

test("a data URL that cannot be read is told at once and never tried again", async () => {
	const opening = openSource({ kind: "url", url: "data:audio/wav;base64,%%%" }, nodeSources, new Cancellation(), {
		memoryBudget: 2 ** 30,
		onBytes: () => Promise.resolve(),
		onRetry: () => Promise.reject(new Error("a data URL was tried again")),
		mayBeKnown: () => Promise.resolve(true),
	});
	await expect(opening).rejects.toMatchObject({
		code: "read-failed",
		message: expect.stringMatching(/^data:audio\/wav;base64,%%% cannot be read/),
	});
});
