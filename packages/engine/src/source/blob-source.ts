import type { CaptureSource } from "./capture.ts";

/** A Blob or File, read by the loader thread. */
export const captureBlob: CaptureSource = (value, { host }) =>
	host.isBlob(value) ? { name: blobName(value), source: { kind: "blob", blob: value } } : null;

function blobName(blob: Blob): string {
	return "name" in blob && typeof blob.name === "string" && blob.name !== "" ? blob.name : "blob";
}
