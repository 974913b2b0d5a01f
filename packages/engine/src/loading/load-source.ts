import { mustBe } from "../check-arguments.ts";
import type { Host } from "../host.ts";
import type { SampleSource } from "../protocol/engine-types.ts";
import type { LoadSource } from "../protocol/loader-messages.ts";

/** A source as a loader thread receives it, and its name in events. */
export interface NamedSource {
	readonly name: string;
	readonly source: LoadSource;
}

/**
 * Captures a source at the call: strings are resolved against the caller's location, bytes are copied (or taken, with
 * `transfer`), shared buffers are read in place. Touches no file.
 *
 * @throws TypeError when the value is no source.
 */
export function nameSource(value: SampleSource, transfer: boolean, host: Host): NamedSource {
	if (typeof value === "string") return { name: value, source: host.resolveSource(value) };
	if (host.isBlob(value)) return { name: blobName(value), source: { kind: "blob", blob: value } };
	if (isBuffer(value))
		return { name: "bytes", source: { kind: "bytes", bytes: ownBytes(value, 0, value.byteLength, transfer, host) } };
	if (ArrayBuffer.isView(value)) {
		const bytes = ownBytes(value.buffer, value.byteOffset, value.byteLength, transfer, host);
		return { name: "bytes", source: { kind: "bytes", bytes } };
	}
	if (isUrl(value)) return { name: value.href, source: host.resolveSource(value.href) };
	throw new TypeError(mustBe("source", "a path, URL, Blob, ArrayBuffer or typed array", value));
}

function isBuffer(value: object): value is ArrayBuffer | SharedArrayBuffer {
	return value instanceof ArrayBuffer || isShared(value);
}

function isShared(value: object): value is SharedArrayBuffer {
	return typeof SharedArrayBuffer !== "undefined" && value instanceof SharedArrayBuffer;
}

function isUrl(value: unknown): value is URL {
	return typeof value === "object" && value !== null && "href" in value && typeof value.href === "string";
}

function blobName(blob: Blob): string {
	return "name" in blob && typeof blob.name === "string" && blob.name !== "" ? blob.name : "blob";
}

function ownBytes(
	buffer: ArrayBuffer | SharedArrayBuffer,
	byteOffset: number,
	byteLength: number,
	transfer: boolean,
	host: Host,
): Uint8Array {
	if (isShared(buffer)) return new Uint8Array(buffer, byteOffset, byteLength);
	if (transfer) return new Uint8Array(host.detach(buffer), byteOffset, byteLength);
	return new Uint8Array(buffer.slice(byteOffset, byteOffset + byteLength));
}
