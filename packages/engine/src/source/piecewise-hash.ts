import { hexadecimal } from "./hexadecimal.ts";
import type { ContentHash } from "./source-platform.ts";

/** Web Crypto's `digest`. */
export type Digest = (algorithm: "SHA-256" | "SHA-384", bytes: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>;

/** Whole pieces of this length are hashed in place. */
export const HASHED_PIECE_BYTES: number = 2 ** 20;
const HASH_BYTES = 32;

/**
 * A hash for platforms without incremental native hashing: the first 32 bytes of the SHA-384 of the list of every MiB's
 * SHA-256. A different function ensures that no short file's SHA-256 equals the hash of a long one.
 *
 * Thread: loader.
 */
export class PiecewiseHash implements ContentHash {
	readonly #digest: Digest;
	readonly #piece: Uint8Array<ArrayBuffer> = new Uint8Array(HASHED_PIECE_BYTES);
	readonly #list: Promise<ArrayBuffer>[] = [];
	#filled = 0;

	constructor(digest: Digest) {
		this.#digest = digest;
	}

	async update(bytes: Uint8Array): Promise<void> {
		for (let taken = 0; taken < bytes.length; ) {
			const whole = this.#filled === 0 ? wholePiece(bytes, taken) : null;
			if (whole !== null) {
				this.#hashPiece(whole);
				taken += HASHED_PIECE_BYTES;
				continue;
			}
			const count = Math.min(bytes.length - taken, HASHED_PIECE_BYTES - this.#filled);
			this.#piece.set(bytes.subarray(taken, taken + count), this.#filled);
			taken += count;
			this.#filled += count;
			if (this.#filled === HASHED_PIECE_BYTES) this.#endPiece();
		}
		// One piece may be hashed while the next one is being read.
		await this.#list.at(-2);
	}

	async digest(): Promise<string> {
		if (this.#filled > 0) this.#endPiece();
		const digests = await Promise.all(this.#list);
		const list = new Uint8Array(digests.length * HASH_BYTES);
		for (const [index, digest] of digests.entries()) list.set(new Uint8Array(digest), index * HASH_BYTES);
		return hexadecimal(new Uint8Array(await this.#digest("SHA-384", list)).subarray(0, HASH_BYTES));
	}

	#endPiece(): void {
		const piece = this.#piece.subarray(0, this.#filled);
		this.#filled = 0;
		this.#hashPiece(piece);
	}

	/** The platform copies the piece synchronously. */
	#hashPiece(piece: Uint8Array<ArrayBuffer>): void {
		const digest = this.#digest("SHA-256", piece);
		// `digest` awaits all pieces and reports the failure.
		digest.catch(() => {});
		this.#list.push(digest);
	}
}

/** @returns null if there is no whole piece left, and for shared memory, which Web Crypto rejects. */
function wholePiece({ buffer, byteOffset, length }: Uint8Array, from: number): Uint8Array<ArrayBuffer> | null {
	if (length - from < HASHED_PIECE_BYTES || !(buffer instanceof ArrayBuffer)) return null;
	return new Uint8Array(buffer, byteOffset + from, HASHED_PIECE_BYTES);
}
