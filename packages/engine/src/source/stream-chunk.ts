import { show } from "../check-arguments.ts";

/**
 * What a stream yields, as bytes.
 *
 * @throws TypeError when it is anything else.
 */
export function bytesOf(chunk: unknown): Uint8Array<ArrayBuffer> {
	// Streams of bytes only ever yield memory that is not shared.
	if (ArrayBuffer.isView(chunk)) return viewOf(chunk);
	if (chunk instanceof ArrayBuffer) return new Uint8Array(chunk);
	throw new TypeError(`The stream must yield bytes, not ${show(chunk)}. Pass a stream of Uint8Arrays.`);
}

function viewOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array<ArrayBuffer> {
	if (buffer instanceof ArrayBuffer) return new Uint8Array(buffer, byteOffset, byteLength);
	return new Uint8Array(buffer, byteOffset, byteLength).slice();
}
