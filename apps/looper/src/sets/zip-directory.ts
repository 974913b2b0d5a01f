import { strFromU8 } from "fflate";
import type { ReadableBlob } from "./readable-blob.ts";
import { SetFileError } from "./set-file-error.ts";

/** A file in a zip file, as the directory describes it. */
export interface ZipEntry {
	readonly name: string;
	/** 0 = stored, 8 = deflated; others cannot be read. */
	readonly method: number;
	readonly isEncrypted: boolean;
	readonly crc32: number;
	readonly compressedBytes: number;
	readonly bytes: number;
	/** Where its own header begins. */
	readonly byteOffset: number;
}

const endSignature = 0x0605_4b50;
const endBytes = 22;
const mostCommentBytes = 0xffff;
const entrySignature = 0x0201_4b50;
const entryBytes = 46;
const encryptedFlag = 1;
/** Counts and sizes of this value are in a record of Zip64 instead. */
const beyond16 = 0xffff;
const beyond32 = 0xffff_ffff;
/** More belongs to no set. */
const mostDirectoryBytes = 2 ** 22;

/**
 * Reads the directory at the end of a zip file.
 *
 * Source: PKWARE, APPNOTE.TXT 6.3.10 (2022), sections 4.3.12 and 4.3.16.
 *
 * @throws SetFileError when there is none, or it is damaged
 */
export async function readZipDirectory(file: ReadableBlob): Promise<readonly ZipEntry[]> {
	const { count, byteOffset, byteLength } = await findDirectory(file);
	const bytes = new Uint8Array(await file.slice(byteOffset, byteOffset + byteLength).arrayBuffer());
	const view = new DataView(bytes.buffer);
	const entries: ZipEntry[] = [];
	for (let at = 0; entries.length < count; ) {
		if (at + entryBytes > bytes.length || view.getUint32(at, true) !== entrySignature) throw damaged();
		const nameEnd = at + entryBytes + view.getUint16(at + 28, true);
		const end = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
		if (end > bytes.length) throw damaged();
		entries.push({
			name: strFromU8(bytes.subarray(at + entryBytes, nameEnd)),
			method: view.getUint16(at + 10, true),
			isEncrypted: (view.getUint16(at + 8, true) & encryptedFlag) !== 0,
			crc32: view.getUint32(at + 16, true),
			compressedBytes: view.getUint32(at + 20, true),
			bytes: view.getUint32(at + 24, true),
			byteOffset: view.getUint32(at + 42, true),
		});
		at = end;
	}
	return entries;
}

interface DirectoryPlace {
	readonly count: number;
	readonly byteOffset: number;
	readonly byteLength: number;
}

/** The record at the file's end, in front of a comment. */
async function findDirectory(file: ReadableBlob): Promise<DirectoryPlace> {
	const tailStart = Math.max(0, file.size - endBytes - mostCommentBytes);
	const tail = new DataView(await file.slice(tailStart, file.size).arrayBuffer());
	for (let at = tail.byteLength - endBytes; at >= 0; at--) {
		if (tail.getUint32(at, true) !== endSignature) continue;
		if (at + endBytes + tail.getUint16(at + 20, true) !== tail.byteLength) continue;
		const count = tail.getUint16(at + 10, true);
		const byteLength = tail.getUint32(at + 12, true);
		const byteOffset = tail.getUint32(at + 16, true);
		if (count === beyond16 || byteOffset === beyond32) throw new SetFileError("It is a Zip64 file, which no set is.");
		if (byteOffset + byteLength > tailStart + at || byteLength > mostDirectoryBytes) throw damaged();
		return { count, byteOffset, byteLength };
	}
	throw new SetFileError("It is not a zip file, or its end is missing.");
}

function damaged(): SetFileError {
	return new SetFileError("The zip file's directory is damaged.");
}
