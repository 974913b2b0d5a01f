import { Zip, ZipPassThrough } from "fflate";
import type { ReadableBlob } from "./readable-blob.ts";

/** A file to write. */
export interface ZippedFile {
	readonly name: string;
	readonly content: ReadableBlob;
}

const pieceBytes = 2 ** 20;

/**
 * Writes files into a zip file as they are: audio hardly shrinks, and what is stored can be read in place.
 *
 * @param emit - takes the zip file's bytes, piece by piece
 * @throws DOMException when a file cannot be read
 */
export async function writeZip(files: readonly ZippedFile[], emit: (bytes: Uint8Array) => void): Promise<void> {
	const failures: Error[] = [];
	const zip = new Zip((error, bytes) => {
		if (error === null) emit(bytes);
		else failures.push(error);
	});
	for (const { name, content } of files) {
		const entry = new ZipPassThrough(name);
		zip.add(entry);
		for (let start = 0; start < content.size; start += pieceBytes) {
			entry.push(new Uint8Array(await content.slice(start, start + pieceBytes).arrayBuffer()));
		}
		entry.push(new Uint8Array(), true);
	}
	zip.end();
	const [failure] = failures;
	if (failure !== undefined) throw failure;
}
