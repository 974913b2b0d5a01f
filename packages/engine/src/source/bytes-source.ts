import { type CaptureSource, type CaptureTerms, isObject } from "./capture.ts";

/** A file's bytes: copied, or taken with `transfer`; shared buffers are read in place. */
export const captureBytes: CaptureSource = (value, terms) => {
	if (ArrayBuffer.isView(value)) return named(value, terms);
	return isObject(value) && isBuffer(value)
		? named({ buffer: value, byteOffset: 0, byteLength: value.byteLength }, terms)
		: null;
};

export function isShared(value: object): value is SharedArrayBuffer {
	return typeof SharedArrayBuffer !== "undefined" && value instanceof SharedArrayBuffer;
}

function isBuffer(value: object): value is ArrayBufferLike {
	return value instanceof ArrayBuffer || isShared(value);
}

function named(view: ArrayBufferView, terms: CaptureTerms): ReturnType<CaptureSource> {
	return { name: "bytes", source: { kind: "bytes", bytes: ownBytes(view, terms) } };
}

function ownBytes({ buffer, byteOffset, byteLength }: ArrayBufferView, { transfer, host }: CaptureTerms): Uint8Array {
	if (isShared(buffer)) return new Uint8Array(buffer, byteOffset, byteLength);
	if (transfer) return new Uint8Array(host.detach(buffer), byteOffset, byteLength);
	return new Uint8Array(buffer.slice(byteOffset, byteOffset + byteLength));
}
