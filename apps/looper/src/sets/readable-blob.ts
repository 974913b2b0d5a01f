import type { SampleSource } from "flitzis-looper";

/** A `Blob` as far as sets need it; here and in Node's tests as in the page. */
export interface ReadableBlob extends Blob {
	slice(start?: number, end?: number): ReadableBlob;
	arrayBuffer(): Promise<ArrayBuffer>;
}

/** Whether a sample is loaded from a file, or from another `Blob`. */
export function isBlob(source: SampleSource): source is ReadableBlob {
	return typeof source === "object" && "arrayBuffer" in source && "slice" in source;
}

/** The name of the file that a `Blob` is; null of others. */
export function fileNameOf(blob: ReadableBlob): string | null {
	return "name" in blob && typeof blob.name === "string" && blob.name !== "" ? blob.name : null;
}
