import { type ByteSource, MAX_READ_BYTES } from "./byte-source.ts";
import { type ByteStream, openStretches, type StretchReader } from "./full-pieces.ts";

/** A file that can be read in two ways: any stretch while the caller waits, and from a place on as it arrives. */
export interface ReadAheadFile {
	readonly byteLength: number;
	/** Fills the target from an offset and returns how many bytes the file had there; blocks. */
	readInto(byteOffset: number, target: Uint8Array): number;
	/** Streams the file from an offset to its end. */
	streamFrom(byteOffset: number): ByteStream;
}

/** A source that reads ahead while its reader works. */
export interface ReadAheadSource extends ByteSource {
	/** Ends the reading ahead. */
	close(): void;
}

/** A stretch of the file in memory. */
interface Stretch {
	readonly memory: Uint8Array<ArrayBuffer>;
	/** Where it begins and ends in the file. */
	readonly start: number;
	readonly end: number;
}

/** Two stretches of this length take turns: one is read while the other is filled. */
const STRETCH_BYTES = 4 * MAX_READ_BYTES;
/** With less than this left to read it is worth waiting for the next stretch. */
const LOW_BYTES = 2 * MAX_READ_BYTES;
const NOTHING: Stretch = { memory: new Uint8Array(0), start: 0, end: 0 };

/**
 * A source for files whose every blocking read costs a round trip to another process. As long as its reader goes on from
 * where it was, a stream fills the next stretch meanwhile; the end of the one before stands at its start, so that every
 * read lies within one of them. Any other read blocks, and the stream begins anew behind it.
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
	/** Goes on where the last stretch that was filled ends. */
	#stream: StretchReader | null = null;
	#filling: Promise<void> | null = null;
	/** Where the last read ended. */
	#position = 0;
	/** The next blocking read takes as much. */
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

	held(byteOffset: number): Uint8Array {
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

	/** A reader that goes on without preparing is given more each time. What it has already is not read again. */
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
			// The blocking read that follows tells what is wrong.
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
		// What the stream says to its end changes nothing.
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
