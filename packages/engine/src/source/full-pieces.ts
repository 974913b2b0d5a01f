import type { ByteReader } from "./source-platform.ts";

/** The part of a reader that is used here which fills its caller's own memory. */
interface FillingReader {
	/** Takes `view`'s memory over and gives it back with its answer. */
	read(
		view: Uint8Array<ArrayBuffer>,
	): Promise<{ readonly done: boolean; readonly value?: Uint8Array<ArrayBuffer> | undefined }>;
	cancel(): Promise<void>;
}

/** The part of a stream of bytes that is used here; the DOM's and Node's both have it. */
export interface ByteStream {
	getReader(): ByteReader;
	/** @throws TypeError where the platform's stream cannot fill its caller's memory. */
	getReader(options: { mode: "byob" }): FillingReader;
}

/** Fills stretches of its caller's memory one after the other. */
export interface StretchReader {
	/**
	 * Takes `memory` over, fills it from an offset on and gives it back.
	 *
	 * @param memory - all of its buffer
	 * @returns the memory, and how far it is filled; less than its length at the stream's end.
	 */
	fill(memory: Uint8Array<ArrayBuffer>, from: number): Promise<{ memory: Uint8Array<ArrayBuffer>; end: number }>;
	cancel(): Promise<void>;
}

/**
 * Reads a stream into memory of the caller's choice, where the platform can do that without a copy and without leaving
 * pieces to the garbage collector, and elsewhere with a copy.
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
 * Readers that wait for their stream. Chromium (156 was tried) holds a Blob's stream for such a reader no longer than the
 * page does: a waiting reader that nothing else holds is collected with everybody who waits for it, and never answers.
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
				// A stream that is cancelled keeps the memory.
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

/** A reader of pieces of one length, but for the last; each is valid until the next is asked for. */
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
