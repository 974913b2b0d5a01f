import type { ReadableBlob } from "./readable-blob.ts";

/** Web Crypto's `digest`, which works on a thread of its own. */
export type Digest = (algorithm: "SHA-256", bytes: ArrayBuffer) => Promise<ArrayBuffer>;

/** Longer files are hashed piece by piece, so that they are never in memory as a whole. */
const WHOLE_BYTES: number = 2 ** 25;
/** Small enough to cost no frame. */
const PIECE_BYTES: number = 2 ** 16;

/**
 * The SHA-256 of a file, as 64 hexadecimal digits.
 *
 * @param advance - called with the number of bytes that were read, piece by piece
 * @throws DOMException when the file cannot be read; TypeError when what hashes long files cannot be loaded
 */
export async function hashBlob(
	blob: ReadableBlob,
	digest: Digest,
	advance: (bytes: number) => void = () => {},
): Promise<string> {
	if (blob.size <= WHOLE_BYTES) {
		const hash = await digest("SHA-256", await blob.arrayBuffer());
		advance(blob.size);
		return hexadecimal(new Uint8Array(hash));
	}
	const { Sha256 } = await import("./sha256.ts");
	const hash = new Sha256();
	for (let start = 0; start < blob.size; start += PIECE_BYTES) {
		const bytes = new Uint8Array(await blob.slice(start, start + PIECE_BYTES).arrayBuffer());
		hash.update(bytes);
		advance(bytes.length);
	}
	return hexadecimal(hash.digest());
}

function hexadecimal(bytes: Uint8Array): string {
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
