import { type ByteSource, MAX_READ_BYTES } from "./byte-source.ts";
import { becameShorter } from "./fingerprint.ts";
import type { OnBytes } from "./read-stream.ts";
import type { ContentHash } from "./source-platform.ts";

/** Skips up to this length are read for the hash at once. A longer jump is a temporary read at the end. */
const MAX_SKIPPED_BYTES = 4 * MAX_READ_BYTES;

/**
 * A source whose bytes are hashed in order while being read, so that the file is read once.
 *
 * Decoders read mostly forwards. Skipped bytes are read for the hash; bytes read out of order are hashed when the
 * decoder reaches them again, and bytes it never reads at the end. Thread: loader.
 */
export class HashedReading implements ByteSource {
	readonly #bytes: ByteSource;
	readonly #hash: ContentHash;
	/** Everything before this offset has been passed to the hash. */
	#hashedTo = 0;
	/** Settle when the hash can take more after the newest stretch, and after the one before it. */
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
		if (skipped > 0 && skipped <= MAX_SKIPPED_BYTES) this.#readTo(byteOffset);
		return this.#readAt(byteOffset, byteLength);
	}

	/** Prefetches, and waits for the hash if it lags behind. */
	async prepare(): Promise<void> {
		await this.#bytes.prepare?.();
		await this.#previous;
	}

	/**
	 * Reads the bytes not read so far. Call once.
	 *
	 * @returns the hash of the whole content.
	 * @throws LooperError `read-failed` if the file became shorter; whatever `onBytes` throws.
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
		// Hash the bytes in memory after it as well: fewer, longer stretches are faster.
		const seen = bytes.subarray(hashedTo - byteOffset);
		const buffered = this.#bytes.buffered?.(hashedTo) ?? seen;
		const fresh = buffered.length > seen.length ? buffered : seen;
		this.#hashedTo += fresh.length;
		this.#previous = this.#newest;
		// The digest reports the failure.
		this.#newest = this.#hash.update(fresh).catch(() => {});
		return bytes;
	}
}
