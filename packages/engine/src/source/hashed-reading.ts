import { type ByteSource, MAX_READ_BYTES } from "./byte-source.ts";
import { becameShorter } from "./fingerprint.ts";
import type { OnBytes } from "./read-stream.ts";
import type { ContentHash } from "./source-platform.ts";

/** What a reader skips is read at once up to this length. A longer jump is a look at the end: its reader comes back. */
const MOST_SKIPPED_BYTES = 4 * MAX_READ_BYTES;

/**
 * A source whose bytes are hashed in their order as they are read, so that the file is read once.
 *
 * Decoders read mostly forwards. What they skip on their way is read for the hash; what they read out of order is hashed
 * when they come to it again, and what they never read, at the end. Thread: loader.
 */
export class HashedReading implements ByteSource {
	readonly #bytes: ByteSource;
	readonly #hash: ContentHash;
	/** Everything before it has been given to the hash. */
	#hashedTo = 0;
	/** Settle when the newest stretch, and the one before it, have been hashed so far that more may come. */
	#newest: Promise<void> = Promise.resolve();
	#previous: Promise<void> = Promise.resolve();

	constructor(bytes: ByteSource, hash: ContentHash) {
		this.#bytes = bytes;
		this.#hash = hash;
	}

	get byteLength(): number {
		return this.#bytes.byteLength;
	}

	read(byteOffset: number, byteLength: number): Uint8Array {
		const skipped = byteOffset - this.#hashedTo;
		if (skipped > 0 && skipped <= MOST_SKIPPED_BYTES) this.#readTo(byteOffset);
		return this.#readAt(byteOffset, byteLength);
	}

	/** Reads ahead, and waits for the hash where it lags behind. */
	async prepare(): Promise<void> {
		await this.#bytes.prepare?.();
		await this.#previous;
	}

	/**
	 * Reads what nobody has read yet; once.
	 *
	 * @returns the hash of the whole content.
	 * @throws LooperError `read-failed` when the file has become shorter; whatever `onBytes` throws.
	 */
	async finish(onBytes: OnBytes): Promise<string> {
		for (let offset = this.#hashedTo; offset < this.byteLength; ) {
			const { length } = this.#readAt(offset, MAX_READ_BYTES);
			if (length === 0) throw becameShorter();
			offset += length;
			await this.prepare();
			await onBytes(offset, this.byteLength);
		}
		return this.#hash.digest();
	}

	#readTo(byteOffset: number): void {
		for (let offset = this.#hashedTo; offset < byteOffset; ) {
			const { length } = this.#readAt(offset, Math.min(byteOffset - offset, MAX_READ_BYTES));
			if (length === 0) return;
			offset += length;
		}
	}

	#readAt(byteOffset: number, byteLength: number): Uint8Array {
		const bytes = this.#bytes.read(byteOffset, byteLength);
		const hashedTo = this.#hashedTo;
		if (byteOffset > hashedTo || byteOffset + bytes.length <= hashedTo) return bytes;
		// What lies behind the bytes in memory is hashed with them: the fewer stretches, the better.
		const seen = bytes.subarray(hashedTo - byteOffset);
		const held = this.#bytes.held?.(hashedTo) ?? seen;
		const fresh = held.length > seen.length ? held : seen;
		this.#hashedTo += fresh.length;
		this.#previous = this.#newest;
		// A failure is told by the digest.
		this.#newest = this.#hash.update(fresh).catch(() => {});
		return bytes;
	}
}
