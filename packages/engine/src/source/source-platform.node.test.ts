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

/** Bytes that identify their position by their neighbours. */
function fileBytes(length: number): Buffer<ArrayBuffer> {
	const bytes = Buffer.alloc(length);
	for (let index = 0; index < length; index++) bytes[index] = index ^ (index >> 8) ^ (index >> 16);
	return bytes;
}

const long = fileBytes(KEPT_BYTES + 2 * MEBIBYTE + 123);

/** Opens a path like a load. @param onPiece - called after each hashed piece */
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
		onRetry: () => Promise.reject(new Error("A path is never retried.")),
		mayBeKnown: () => Promise.resolve(!options.isNew),
	});
}

/** Bytes that this process has read so far from any source. */
function bytesReadByProcess(): number {
	return Number(/^rchar: (\d+)$/m.exec(readFileSync("/proc/self/io", "utf8"))?.[1]);
}

/** Uses a temporary folder for the spools of the test. @returns a function that lists the open ones; none has a name. */
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

/** The target of a link, empty if it is gone, like the listing's own descriptor. */
function targetOf(link: string): string {
	try {
		return readlinkSync(link);
	} catch {
		return "";
	}
}

test("a file too long for memory is read in place, in pieces of a mebibyte", async () => {
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
	["is rewritten at another time", (path) => utimesSync(path, 1, 1)],
])("a long file that %s after it was hashed fails the check at the end", async ([, change]) => {
	const path = temporaryFile(long);
	const { source } = await openPath(path);
	onTestFinished(() => source.close());
	await source.checkUnchanged();
	change(path);
	await expect(source.checkUnchanged()).rejects.toMatchObject({
		code: "read-failed",
		message: `${path} changed while it was being read. Load it again.`,
	});
});

test("a new long file is read from the disk once, or twice if hashed first", async () => {
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
		// Besides the file itself: its fingerprint, and the process's own reads.
		expect(read).toBeGreaterThanOrEqual(0);
		expect(read).toBeLessThan(2 * MEBIBYTE);
	}
});

test.for<[string, (path: string) => void]>([
	["grows", (path) => appendFileSync(path, "x")],
	["becomes shorter", (path) => truncateSync(path, KEPT_BYTES)],
	["is rewritten at another time", (path) => utimesSync(path, 1, 1)],
])("a long file that %s while it is decoded and hashed fails the check at the end", async ([, change]) => {
	const path = temporaryFile(long);
	const { source } = await openPath(path, { isNew: true });
	onTestFinished(() => source.close());
	source.bytes.read(0, 1000);
	change(path);
	await expect(source.checkUnchanged()).rejects.toMatchObject({
		code: "read-failed",
		message: `${path} changed while it was being read. Load it again.`,
	});
});

test("a long file that becomes shorter while being hashed fails immediately", async () => {
	const path = temporaryFile(long);
	const cut = (read: number): void => {
		if (read === 2 * MEBIBYTE) truncateSync(path, 4 * MEBIBYTE);
	};
	await expect(openPath(path, { onPiece: cut })).rejects.toMatchObject({
		code: "read-failed",
		message: "The file became shorter while it was being read. Try again.",
	});
});

test("a short file that changes before it is hashed fails immediately", async () => {
	const path = temporaryFile(fileBytes(5000));
	await expect(openPath(path, { onPiece: () => appendFileSync(path, "x") })).rejects.toMatchObject({
		code: "read-failed",
	});
});

test("a file replaced by another of its name is still read to its end", async () => {
	const path = temporaryFile(long);
	const { source } = await openPath(path);
	onTestFinished(() => source.close());
	rmSync(path);
	writeFileSync(path, "something else");
	expect(Buffer.compare(readWhole(source.bytes), long)).toBe(0);
	await source.checkUnchanged();
});

test("a file without read permission is an error", async () => {
	const path = temporaryFile(fileBytes(100));
	chmodSync(path, 0);
	const folder = join(path, "..");
	chmodSync(folder, 0o755);
	// Root may read everything, so drop privileges for the call.
	const isRoot = process.geteuid?.() === 0;
	if (isRoot) process.seteuid?.(65_534);
	try {
		await expect(openPath(path)).rejects.toMatchObject({
			code: "read-failed",
			message: expect.stringMatching(/EACCES: permission denied.*Check that it exists and try again\.$/),
		});
	} finally {
		if (isRoot) process.seteuid?.(0);
	}
});

test("a missing name and a path through a file are File not found", async () => {
	const file = temporaryFile(fileBytes(10));
	for (const path of [join(temporaryFolder(), "none.wav"), join(file, "inside.wav")]) {
		await expect(openPath(path)).rejects.toMatchObject({ code: "file-not-found", message: "File not found" });
	}
});

test("folders, circular links and names that are too long fail with the system's reason", async () => {
	const folder = temporaryFolder();
	symlinkSync("circle", join(folder, "circle"));
	await expect(openPath(folder)).rejects.toMatchObject({
		code: "read-failed",
		message: `${folder} is a folder. Choose a file in it.`,
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

test("a pipe is read to its end: a short one into memory, a long one into a spool that is deleted with its source", async () => {
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

test("a load of a silent pipe ends when cancelled, with or without a writer", async () => {
	for (const hasWriter of [true, false]) {
		const path = join(temporaryFolder(), "pipe");
		execFileSync("mkfifo", [path]);
		const cancellation = new Cancellation();
		const opening = openPath(path, { cancellation });
		// A writer's open settles once the pipe is open for reading.
		const writer = hasWriter ? await open(path, "w") : null;
		cancellation.cancel();
		await expect(opening).rejects.toMatchObject({ code: "cancelled" });
		await writer?.close();
	}
});

test("a spool is deleted if its stream fails, and truncating it is an error", async () => {
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

test("a Blob is read in place", async () => {
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

test("an error creating or writing a spool names its folder, and the next spool is tried again", () => {
	const spools = watchSpools();
	const folder = join(tmpdir(), "made later");
	vi.stubEnv("TMPDIR", folder);
	expect(() => nodeSources.createSpool()).toThrow(
		expect.objectContaining({
			code: "read-failed",
			message: expect.stringMatching(/^A temporary file in .*made later cannot be written: ENOENT.*Free space there/),
		}),
	);
	mkdirSync(folder);
	const spool = nodeSources.createSpool();
	rmSync(folder, { recursive: true });
	expect(spools()).toHaveLength(1);
	spool.discard();
	expect(() => spool.append(Uint8Array.of(1))).toThrow(expect.objectContaining({ code: "read-failed" }));
});

test("an unreadable device is named", async () => {
	// The master of an unopened terminal has no data.
	await expect(openPath("/dev/ptmx")).rejects.toMatchObject({
		code: "read-failed",
		message: expect.stringMatching(/^\/dev\/ptmx cannot be read: EAGAIN.*try again\.$/),
	});
});

test("an unreadable data URL fails immediately, without a retry", async () => {
	const opening = openSource({ kind: "url", url: "data:audio/wav;base64,%%%" }, nodeSources, new Cancellation(), {
		memoryBudget: 2 ** 30,
		onBytes: () => Promise.resolve(),
		onRetry: () => Promise.reject(new Error("A data URL was retried.")),
		mayBeKnown: () => Promise.resolve(true),
	});
	await expect(opening).rejects.toMatchObject({
		code: "read-failed",
		message: expect.stringMatching(/^data:audio\/wav;base64,%%% cannot be read/),
	});
});
