import { type ByteSource, MAX_READ_BYTES } from "./byte-source.ts";
import { type ByteStream, openStretches, type StretchReader } from "./full-pieces.ts";

/** A file with two ways to read: any range, blocking, and a stream from an offset on. */
export interface ReadAheadFile {
	readonly byteLength: number;
	/** Fills the target from an offset and returns the bytes read; blocks. */
	readInto(byteOffset: number, target: Uint8Array): number;
	/** Streams the file from an offset to its end. */
	streamFrom(byteOffset: number): ByteStream;
}

/** A source that reads ahead while its reader works. */
export interface ReadAheadSource extends ByteSource {
	/** Stops reading ahead. */
	close(): void;
}

/** A stretch of the file in memory. */
interface Stretch {
	readonly memory: Uint8Array<ArrayBuffer>;
	/** Its start and end in the file. */
	readonly start: number;
	readonly end: number;
}

/** Two stretches of this length alternate: one is read while the other is filled. */
const STRETCH_BYTES = 4 * MAX_READ_BYTES;
/** With less than this left to read, wait for the next stretch. */
const LOW_BYTES = 2 * MAX_READ_BYTES;
const NOTHING: Stretch = { memory: new Uint8Array(0), start: 0, end: 0 };

/**
 * A source for files whose blocking reads are round trips to another process. While its reader is sequential, a stream
 * fills the next stretch, which begins with the end of the previous one, so that every read lies within one stretch.
 * Any other read blocks, and the stream restarts after it.
 *
 * Thread: loader.
 */
export function readAheadSource(file: ReadAheadFile): ReadAheadSource {
	return new ReadAhead(file);
}

class ReadAhead implements ReadAheadSource {
	readonly #file: ReadAheadFile;
	#current: Stretch = NOTHING;
	#next: Stretch | null = null;
	#spare: Uint8Array<ArrayBuffer> | null = null;
	/** Continues where the last filled stretch ends. */
	#stream: StretchReader | null = null;
	#filling: Promise<void> | null = null;
	/** End of the last read. */
	#position = 0;
	/** Bytes of the next blocking read. */
	#blockingBytes: number = MAX_READ_BYTES;
	#canStream = true;

	constructor(file: ReadAheadFile) {
		this.#file = file;
	}

	get byteLength(): number {
		return this.#file.byteLength;
	}

	read(byteOffset: number, wantedBytes: number): Uint8Array {
		const end = Math.min(byteOffset + Math.min(wantedBytes, MAX_READ_BYTES), this.byteLength);
		if (!covers(this.#current, byteOffset, end)) {
			if (this.#next !== null && covers(this.#next, byteOffset, end)) this.#takeNext(this.#next);
			else this.#readNow(byteOffset);
		}
		this.#position = end;
		const { memory, start, end: filledTo } = this.#current;
		return memory.subarray(byteOffset - start, Math.max(Math.min(end, filledTo), byteOffset) - start);
	}

	buffered(byteOffset: number): Uint8Array {
		return heldIn(this.#current, byteOffset);
	}

	async prepare(): Promise<void> {
		const { start, end } = this.#current;
		const isLow = end - this.#position <= LOW_BYTES;
		const hasStarted = this.#stream !== null || this.#position - start >= (end - start) / 2;
		if (this.#next !== null || end >= this.byteLength || !hasStarted || !this.#canStream) return;
		this.#filling ??= this.#fillNext();
		if (isLow) await this.#filling;
	}

	close(): void {
		this.#canStream = false;
		this.#endStream();
	}

	#takeNext(next: Stretch): void {
		this.#spare = this.#current.memory;
		this.#current = next;
		this.#next = null;
	}

	/** Grows the read for a sequential reader that never prepares. Bytes in memory are not read again. */
	#readNow(byteOffset: number): void {
		this.#endStream();
		const goesOn = byteOffset === this.#position && byteOffset > 0;
		this.#blockingBytes = goesOn ? Math.min(2 * this.#blockingBytes, STRETCH_BYTES) : MAX_READ_BYTES;
		const rest = heldIn(this.#current, byteOffset);
		const memory = this.#takeMemory(this.#current.memory);
		memory.set(rest);
		const from = byteOffset + rest.length;
		this.#current = { memory, start: byteOffset, end: from };
		const wantedBytes = Math.min(this.#blockingBytes, Math.max(this.byteLength - from, 0));
		const target = memory.subarray(rest.length, rest.length + wantedBytes);
		const filled = target.length > 0 ? this.#file.readInto(from, target) : 0;
		this.#current = { memory, start: byteOffset, end: from + filled };
	}

	async #fillNext(): Promise<void> {
		const { memory, start, end } = this.#current;
		const stream = this.#stream ?? openStretches(this.#file.streamFrom(end));
		this.#stream = stream;
		const nextStart = Math.max(start, end - MAX_READ_BYTES);
		const next = this.#takeMemory(this.#spare);
		this.#spare = null;
		next.set(memory.subarray(nextStart - start, end - start));
		try {
			const filled = await stream.fill(next, end - nextStart);
			if (this.#stream !== stream) return;
			this.#next = { memory: filled.memory, start: nextStart, end: nextStart + filled.end };
			if (this.#next.end < this.byteLength && filled.end < filled.memory.length) this.#canStream = false;
		} catch {
			// The next blocking read reports the error.
			this.#canStream = false;
			this.#endStream();
		} finally {
			this.#filling = null;
		}
	}

	#endStream(): void {
		const stream = this.#stream;
		this.#stream = null;
		this.#next = null;
		// A failure to cancel has no consequence.
		stream?.cancel().catch(() => {});
	}

	#takeMemory(memory: Uint8Array<ArrayBuffer> | null): Uint8Array<ArrayBuffer> {
		const bytes = Math.min(STRETCH_BYTES, this.byteLength);
		return memory?.length === bytes ? memory : new Uint8Array(bytes);
	}
}

function heldIn({ memory, start, end }: Stretch, byteOffset: number): Uint8Array {
	return memory.subarray(byteOffset < start ? end - start : byteOffset - start, end - start);
}

function covers({ start, end }: Stretch, from: number, to: number): boolean {
	return from >= start && to <= end;
}
