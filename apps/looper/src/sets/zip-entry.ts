import { Inflate } from "fflate";
import type { ReadableBlob } from "./readable-blob.ts";
import type { ZipEntry } from "./zip-directory.ts";

/** Makes a `Blob`, which pure code cannot. */
export type MakeBlob = (parts: readonly (Uint8Array<ArrayBuffer> | ReadableBlob)[]) => ReadableBlob;

const headerSignature = 0x0403_4b50;
const headerBytes = 30;
const stored = 0;
const deflated = 8;
const pieceBytes = 2 ** 16;
/** Each byte may become a thousand. */
const stepBytes = 2 ** 12;
/** What is unpacked becomes a blob in parts of about this length, so that a long file is never in memory as a whole. */
const partBytes = 2 ** 23;

/**
 * A file of a zip file. A stored one is not read, only pointed at.
 *
 * @returns a sentence about what is wrong, when it cannot be had
 */
export async function openZipEntry(
	file: ReadableBlob,
	entry: ZipEntry,
	makeBlob: MakeBlob,
): Promise<ReadableBlob | string> {
	if (entry.isEncrypted) return "it is encrypted";
	const { byteOffset, compressedBytes, bytes, method } = entry;
	const header = new DataView(await file.slice(byteOffset, byteOffset + headerBytes).arrayBuffer());
	if (header.byteLength < headerBytes || header.getUint32(0, true) !== headerSignature) return "its header is damaged";
	const start = byteOffset + headerBytes + header.getUint16(26, true) + header.getUint16(28, true);
	if (start + compressedBytes > file.size) return "it is cut off";
	const content = file.slice(start, start + compressedBytes);
	if (method === deflated) return inflate(content, bytes, makeBlob);
	if (method !== stored) return `it is compressed by method ${method}, which no set is`;
	return compressedBytes === bytes ? content : "its header is damaged";
}

/** @param bytes - how many it has to become */
async function inflate(content: ReadableBlob, bytes: number, makeBlob: MakeBlob): Promise<ReadableBlob | string> {
	const output = { blobs: [] as ReadableBlob[], parts: [] as Uint8Array<ArrayBuffer>[], partBytes: 0, length: 0 };
	const endPart = (): void => {
		output.blobs.push(makeBlob(output.parts.splice(0)));
		output.partBytes = 0;
	};
	const inflater = new Inflate((part) => {
		output.length += part.length;
		if (output.length > bytes) return;
		output.parts.push(Uint8Array.from(part));
		output.partBytes += part.length;
		if (output.partBytes >= partBytes) endPart();
	});
	try {
		for (let start = 0; start < content.size && output.length <= bytes; start += pieceBytes) {
			const piece = new Uint8Array(await content.slice(start, start + pieceBytes).arrayBuffer());
			for (let at = 0; at < piece.length && output.length <= bytes; at += stepBytes) {
				inflater.push(piece.subarray(at, at + stepBytes), start + at + stepBytes >= content.size);
			}
		}
	} catch {
		return "its compressed bytes are damaged";
	}
	if (output.length !== bytes) return "its length is not what the zip file says";
	endPart();
	return makeBlob(output.blobs);
}
