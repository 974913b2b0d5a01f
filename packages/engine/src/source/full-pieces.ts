import type { ByteReader } from "./source-platform.ts";

/** The part of a BYOB reader that is used here. */
interface FillingReader {
	/** Transfers the memory of `view` and returns it with the result. */
	read(
		view: Uint8Array<ArrayBuffer>,
	): Promise<{ readonly done: boolean; readonly value?: Uint8Array<ArrayBuffer> | undefined }>;
	cancel(): Promise<void>;
}

/** The part of a byte stream that is used here; common to the DOM and Node. */
export interface ByteStream {
	getReader(): ByteReader;
	/** @throws TypeError if the platform's stream does not support BYOB. */
	getReader(options: { mode: "byob" }): FillingReader;
}

/** Fills the caller's memory stretch by stretch. */
export interface StretchReader {
	/**
	 * Transfers `memory`, fills it from an offset on and returns it.
	 *
	 * @param memory - its whole buffer is transferred
	 * @returns the memory, and how far it is filled; less than its length at the end of the stream.
	 */
	fill(memory: Uint8Array<ArrayBuffer>, from: number): Promise<{ memory: Uint8Array<ArrayBuffer>; end: number }>;
	cancel(): Promise<void>;
}

/**
 * Reads a stream into the caller's memory, with a BYOB reader if the platform supports it, without copies and without
 * garbage; otherwise with a copy.
 *
 * Thread: loader.
 */
export function openStretches(stream: ByteStream): StretchReader {
	try {
		return fillingStretches(stream.getReader({ mode: "byob" }));
	} catch {
		return copyingStretches(stream.getReader());
	}
}

/**
 * Readers waiting for their stream. Chromium (tested: 156) only holds a Blob's stream weakly while a BYOB reader waits:
 * without another reference, the waiting reader is collected and its promise never settles.
 */
const waiting = new Set<FillingReader>();

function fillingStretches(reader: FillingReader): StretchReader {
	const readInto = async (view: Uint8Array<ArrayBuffer>): ReturnType<FillingReader["read"]> => {
		waiting.add(reader);
		try {
			return await reader.read(view);
		} finally {
			waiting.delete(reader);
		}
	};
	return {
		async fill(memory, from) {
			let { buffer } = memory;
			let end = from;
			while (end < buffer.byteLength) {
				const { done, value } = await readInto(new Uint8Array(buffer, end));
				// A cancelled stream keeps the memory.
				if (value === undefined) return { memory: new Uint8Array(0), end: 0 };
				({ buffer } = value);
				end += value.length;
				if (done) break;
			}
			return { memory: new Uint8Array(buffer), end };
		},
		cancel: () => reader.cancel(),
	};
}

function copyingStretches(reader: ByteReader): StretchReader {
	let rest: Uint8Array = new Uint8Array(0);
	return {
		async fill(memory, from) {
			let end = from;
			while (end < memory.length) {
				if (rest.length === 0) {
					const { done, value } = await reader.read();
					if (done || value === undefined) break;
					rest = value;
				}
				const piece = rest.subarray(0, memory.length - end);
				memory.set(piece, end);
				rest = rest.subarray(piece.length);
				end += piece.length;
			}
			return { memory, end };
		},
		cancel: () => reader.cancel(),
	};
}

/** A reader of pieces of one length, except the last; each is valid until the next is requested. */
export function fullPieces(stream: ByteStream, pieceBytes: number): ByteReader {
	const stretches = openStretches(stream);
	let memory = new Uint8Array(pieceBytes);
	return {
		async read() {
			const filled = await stretches.fill(memory, 0);
			({ memory } = filled);
			return filled.end === 0 ? { done: true } : { done: false, value: memory.subarray(0, filled.end) };
		},
		cancel: () => stretches.cancel(),
	};
}
