import { charactersAt } from "./characters.ts";
import type { SniffedFormat } from "./formats.ts";
import { signatures } from "./signatures.ts";

/** Bytes in which a signature lies. */
export const SIGNATURE_BYTES = 64;

/**
 * Recognises a file by its signature.
 *
 * @param head - the first `SIGNATURE_BYTES` after the leading tags, or fewer where the file ends
 * @returns null where the content has to decide: Ogg, and formats without a signature
 */
export function sniffSignature(head: Uint8Array): SniffedFormat | null {
	const text = charactersAt(head, 0, head.length);
	const signed = signatures.find(({ parts }) => parts.every(([offset, part]) => text.startsWith(part, offset)));
	// The document type is one of the first elements of a Matroska file.
	if (signed?.format === "matroska" && text.includes("webm")) return "webm";
	if (signed !== undefined) return signed.format;
	return /^\s*<(!doctype html|html|head|body)/i.test(text) ? "html" : null;
}
