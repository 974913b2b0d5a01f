import { LooperError } from "../errors.ts";
import { fullPieces } from "./full-pieces.ts";
import { hexadecimal } from "./hexadecimal.ts";
import { HASHED_PIECE_BYTES, PiecewiseHash } from "./piecewise-hash.ts";
import { readAheadSource } from "./read-ahead.ts";
import { readFailed } from "./read-response.ts";
import { checkLength, KEPT_BYTES, storedInMemory } from "./read-stream.ts";
import type { ByteReader, SourcePlatform, Spool, StoredSource } from "./source-platform.ts";

/** Pieces of this length move from the spool's memory to a Blob, which the browser keeps on disk. */
const SPOOL_PIECE_BYTES = 8 * 2 ** 20;

/** Reading in a browser's worker. Thread: loader. */
export const workerSources: SourcePlatform = {
	open(source) {
		switch (source.kind) {
			case "bytes":
				return Promise.resolve(storedInMemory(source.bytes));
			case "blob":
				checkLength(source.blob.size);
				return Promise.resolve(storedBlob(source.blob));
			case "path":
				throw new LooperError("read-failed", "Pages cannot load paths. Pass a URL, a File or bytes.");
			default:
				return source satisfies never;
		}
	},
	fetch(url, request) {
		const abort = new AbortController();
		const response = fetch(url, { ...(request as RequestInit | undefined), signal: abort.signal }).catch(
			(error: unknown) => {
				throw isOfAnotherOrigin(url) ? perhapsCors(error) : error;
			},
		);
		return { response, abort: () => abort.abort() };
	},
	createSpool,
	createHash: () => Promise.resolve(new PiecewiseHash((algorithm, bytes) => crypto.subtle.digest(algorithm, bytes))),
	async hash(bytes) {
		// Web Crypto rejects shared memory.
		const owned =
			bytes.buffer instanceof ArrayBuffer
				? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
				: bytes.slice();
		return hexadecimal(new Uint8Array(await crypto.subtle.digest("SHA-256", owned)));
	},
	pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

function isOfAnotherOrigin(url: string): boolean {
	return /^https?:/i.test(url) && URL.canParse(url) && new URL(url).origin !== self.location.origin;
}

/** Browsers do not say whether it was CORS; to the page a server that refuses and one that is away are the same. */
function perhapsCors(cause: unknown): Error {
	const reason = cause instanceof Error ? cause.message.replace(/\.$/, "") : String(cause);
	const message = `${reason}; it is of another origin, whose server has to allow the page by CORS (Access-Control-Allow-Origin)`;
	return new Error(message, { cause });
}

/** A Blob read in place. Browsers make a file unreadable if it changes after it was chosen. */
function storedBlob(blob: Blob): StoredSource {
	const reader = new FileReaderSync();
	const readInto = (byteOffset: number, target: Uint8Array): number => {
		try {
			const bytes = new Uint8Array(reader.readAsArrayBuffer(blob.slice(byteOffset, byteOffset + target.length)));
			target.set(bytes);
			return bytes.length;
		} catch (error) {
			throw unreadable(blob, error);
		}
	};
	// Each blocking read is a round trip to the browser's main process.
	const bytes = readAheadSource({
		byteLength: blob.size,
		readInto,
		streamFrom: (byteOffset) => blob.slice(byteOffset).stream(),
	});
	return {
		bytes,
		stream: () => streamedBlob(blob),
		checkUnchanged() {
			// A short one was read in one piece, which fails if the file changed; reading again would add nothing.
			if (blob.size > KEPT_BYTES) readInto(Math.max(blob.size - 1, 0), new Uint8Array(1));
			return Promise.resolve();
		},
		close: () => Promise.resolve(bytes.close()),
	};
}

function streamedBlob(blob: Blob): ByteReader {
	const reader = fullPieces(blob.stream(), Math.min(HASHED_PIECE_BYTES, blob.size));
	return {
		read: () =>
			reader.read().catch((error: unknown) => {
				throw unreadable(blob, error);
			}),
		cancel: () => reader.cancel(),
	};
}

function unreadable(blob: Blob, error: unknown): LooperError {
	return readFailed("name" in blob ? String(blob.name) : "the file", error);
}

function createSpool(): Spool {
	let stored = new Blob([]);
	let waiting: Uint8Array<ArrayBuffer>[] = [];
	let waitingBytes = 0;
	const store = (): void => {
		stored = new Blob([stored, ...waiting]);
		waiting = [];
		waitingBytes = 0;
	};
	return {
		append(bytes) {
			waiting.push(bytes.slice());
			waitingBytes += bytes.length;
			if (waitingBytes >= SPOOL_PIECE_BYTES) store();
		},
		finish() {
			store();
			const blob = stored;
			return { ...storedBlob(blob), keep: () => ({ kind: "blob", blob }) };
		},
		discard() {
			waiting = [];
			stored = new Blob([]);
		},
	};
}
