import { hexadecimal } from "./hexadecimal.ts";
import type { ContentHash } from "./source-platform.ts";

/** Web Crypto's `digest`. */
export type Digest = (algorithm: "SHA-256" | "SHA-384", bytes: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>;

const PIECE_BYTES = 2 ** 20;
const HASH_BYTES = 32;

/**
 * A hash for platforms that hash natively, but not piece by piece: of the list of every MiB's SHA-256 the first 32 bytes
 * of its SHA-384, a function of its own, so that no short file has the SHA-256 that names a long one.
 *
 * Thread: loader.
 */
export class PiecewiseHash implements ContentHash {
	readonly #digest: Digest;
	readonly #piece: Uint8Array<ArrayBuffer> = new Uint8Array(PIECE_BYTES);
	readonly #list: Promise<ArrayBuffer>[] = [];
	#filled = 0;

	constructor(digest: Digest) {
		this.#digest = digest;
	}

	async update(bytes: Uint8Array): Promise<void> {
		for (let taken = 0; taken < bytes.length; ) {
			const count = Math.min(bytes.length - taken, PIECE_BYTES - this.#filled);
			this.#piece.set(bytes.subarray(taken, taken + count), this.#filled);
			taken += count;
			this.#filled += count;
			if (this.#filled === PIECE_BYTES) await this.#endPiece();
		}
	}

	async digest(): Promise<string> {
		if (this.#filled > 0) await this.#endPiece();
		const digests = await Promise.all(this.#list);
		const list = new Uint8Array(digests.length * HASH_BYTES);
		for (const [index, digest] of digests.entries()) list.set(new Uint8Array(digest), index * HASH_BYTES);
		return hexadecimal(new Uint8Array(await this.#digest("SHA-384", list)).subarray(0, HASH_BYTES));
	}

	/** The platform copies a piece at the call and hashes it while the next one is filled. */
	async #endPiece(): Promise<void> {
		const previous = this.#list.at(-1);
		this.#list.push(this.#digest("SHA-256", this.#piece.subarray(0, this.#filled)));
		this.#filled = 0;
		await previous;
	}
}
