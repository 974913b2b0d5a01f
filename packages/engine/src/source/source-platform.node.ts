import { createHash } from "node:crypto";
import {
	closeSync,
	constants,
	fstatSync,
	mkdtempSync,
	openSync,
	readSync,
	rmSync,
	type Stats,
	writeSync,
} from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { LooperError } from "../errors.ts";
import { windowedSource } from "./byte-source.ts";
import { withFreedPieces } from "./freed-pieces.node.ts";
import { isMissing } from "./is-missing.node.ts";
import { readFailed } from "./read-response.ts";
import { checkLength, MAX_SOURCE_BYTES, storedInMemory } from "./read-stream.ts";
import type { ArrivingSource, ByteReader, SourcePlatform, Spool, StoredSource } from "./source-platform.ts";

const PIECE_BYTES = 2 ** 20;
/** Capacity of a pipe on Linux. */
const PIPE_BYTES = 2 ** 16;
const LONGEST_PIPE_PAUSE_MS = 16;
/** A pipe without a writer must not block the thread: a blocked open could not even be terminated. */
const READ_WITHOUT_BLOCKING = constants.O_RDONLY | constants.O_NONBLOCK;

/** Reading in Node. Thread: loader. */
export const nodeSources: SourcePlatform = {
	open(source) {
		switch (source.kind) {
			case "bytes":
				return Promise.resolve(storedInMemory(source.bytes));
			case "blob":
				return Promise.resolve({ reader: source.blob.stream().getReader(), byteLength: source.blob.size });
			case "path":
				return openPath(source.path);
			default:
				return source satisfies never;
		}
	},
	fetch(url, request) {
		const abort = new AbortController();
		const response = fetch(url, { ...(request as RequestInit | undefined), signal: abort.signal });
		return { response: response.then(withFreedPieces), abort: () => abort.abort() };
	},
	createSpool,
	createHash() {
		const hash = createHash("sha256");
		return Promise.resolve({
			async update(bytes) {
				hash.update(bytes);
			},
			digest: () => Promise.resolve(hash.digest("hex")),
		});
	},
	hash: (bytes) => Promise.resolve(createHash("sha256").update(bytes).digest("hex")),
	pause: (milliseconds) => setTimeout(milliseconds),
};

/** @throws LooperError `file-not-found`, `read-failed` or `out-of-memory`. */
async function openPath(path: string): Promise<StoredSource | ArrivingSource> {
	const file = await open(path, READ_WITHOUT_BLOCKING).catch((error: unknown) => {
		throw isMissing(error)
			? new LooperError("file-not-found", "File not found", { cause: error })
			: readFailed(path, error);
	});
	try {
		const status = await file.stat();
		if (status.isDirectory()) throw new LooperError("read-failed", `${path} is a folder. Choose a file in it.`);
		checkLength(status.size);
		if (status.isFile()) return storedFile(file, path, status);
		// Pipes and devices cannot be read twice.
		const reader = status.isFIFO() ? arrivingPipe(file) : arrivingFile(file);
		return { reader: withPath(path, reader), byteLength: null };
	} catch (error) {
		await file.close();
		throw error instanceof LooperError ? error : readFailed(path, error);
	}
}

function storedFile(file: FileHandle, path: string, { size, mtimeMs }: Stats): StoredSource {
	return {
		bytes: windowedSource(size, (byteOffset, target) => readAt(file.fd, path, byteOffset, target)),
		async checkUnchanged() {
			const now = await file.stat();
			if (now.size === size && now.mtimeMs === mtimeMs) return;
			throw new LooperError("read-failed", `${path} changed while it was being read. Load it again.`);
		},
		close: () => file.close(),
	};
}

function arrivingFile(file: FileHandle): ByteReader {
	return {
		async read() {
			const { bytesRead, buffer } = await file.read(new Uint8Array(PIECE_BYTES), 0, PIECE_BYTES);
			if (bytesRead > 0) return { done: false, value: buffer.subarray(0, bytesRead) };
			await file.close();
			return { done: true };
		},
		cancel: () => file.close(),
	};
}

/** A reader whose errors name the path. */
function withPath(path: string, reader: ByteReader): ByteReader {
	return {
		read: () =>
			reader.read().catch((error: unknown) => {
				throw readFailed(path, error);
			}),
		cancel: () => reader.cancel(),
	};
}

/**
 * A pipe, polled for data: a blocking read would occupy one of the few threads that read all files of the process. A
 * socket would avoid that, but closes the descriptor behind Node's back, so that Node would close a reused
 * descriptor at the thread's end.
 */
function arrivingPipe(file: FileHandle): ByteReader {
	let hasHadWriter = false;
	let isCancelled = false;
	return {
		async read() {
			const piece = new Uint8Array(PIPE_BYTES);
			for (let pauseMs = 1; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PIPE_PAUSE_MS)) {
				if (isCancelled) break;
				const length = await readPipe(file, piece);
				hasHadWriter ||= length !== 0;
				if (length !== null && length > 0) return { done: false, value: piece.subarray(0, length) };
				// Without a writer a pipe appears to be at its end before it has begun.
				if (length === 0 && hasHadWriter) break;
				await setTimeout(pauseMs);
			}
			await file.close();
			return { done: true };
		},
		async cancel() {
			isCancelled = true;
			await file.close();
		},
	};
}

/** @returns null if the pipe's writer has written nothing yet. */
async function readPipe(file: FileHandle, piece: Uint8Array): Promise<number | null> {
	try {
		return (await file.read(piece, 0, piece.length)).bytesRead;
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "EAGAIN") return null;
		throw error;
	}
}

/**
 * A temporary file visible only to this thread.
 *
 * @throws LooperError `read-failed` if it cannot be created or the disk is full.
 */
function createSpool(): Spool {
	const { file, folder } = withSpoolErrors(openSpool);
	let length = 0;
	const discard = (): void => {
		closeSync(file);
		removeFolder(folder);
	};
	return {
		append(bytes) {
			withSpoolErrors(() => {
				for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
			});
			length += bytes.length;
		},
		finish: () => ({
			bytes: windowedSource(length, (byteOffset, target) => readAt(file, "The temporary file", byteOffset, target)),
			checkUnchanged() {
				const { size } = fstatSync(file);
				if (size === length) return Promise.resolve();
				return Promise.reject(new LooperError("read-failed", "The temporary file has changed. Load the file again."));
			},
			close: () => Promise.resolve(discard()),
		}),
		discard,
	};
}

/** Opens a file and unlinks it, so that it disappears with its thread, however that ends. */
function openSpool(): { readonly file: number; readonly folder: string } {
	const folder = mkdtempSync(join(tmpdir(), "flitzis-looper-"));
	try {
		return { file: openSync(join(folder, "spool"), "w+", 0o600), folder };
	} finally {
		removeFolder(folder);
	}
}

function removeFolder(folder: string): void {
	try {
		rmSync(folder, { recursive: true, force: true });
	} catch {
		// Windows may keep an open file's name; it is deleted when the file is closed.
	}
}

function withSpoolErrors<T>(work: () => T): T {
	try {
		return work();
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		const message = `A temporary file in ${tmpdir()} cannot be written: ${reason}. Free space there or load from a file.`;
		throw new LooperError("read-failed", message, { cause: error });
	}
}

function readAt(file: number, name: string, byteOffset: number, target: Uint8Array): number {
	try {
		let length = 0;
		while (length < target.length && byteOffset + length < MAX_SOURCE_BYTES) {
			const read = readSync(file, target, length, target.length - length, byteOffset + length);
			if (read === 0) break;
			length += read;
		}
		return length;
	} catch (error) {
		throw readFailed(name, error);
	}
}
