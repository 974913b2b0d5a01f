import type { LoadSource, SupplyPort } from "../protocol/load-source.ts";
import type { StreamSource } from "../protocol/sample-source.ts";
import { type CaptureSource, type CaptureTerms, isObject } from "./capture.ts";
import { piecesOf } from "./piece-reader.ts";
import type { ArrivingSource, ByteReader } from "./source-platform.ts";
import { bytesOf } from "./stream-chunk.ts";
import { SUPPLIED_BYTES, type SupplyLine, supplyPieces } from "./supply.ts";

/** A stream of bytes. It is locked at the call. */
export const captureStream: CaptureSource = (value, { host }) => {
	if (!isStream(value)) return null;
	if (value.locked) throw new TypeError("The stream is locked or read already. Pass one that nobody reads.");
	const { port, release } = pumpStream(host, value);
	return { name: "stream", source: { kind: "stream", port }, release };
};

export function isStream(value: unknown): value is StreamSource {
	return isObject(value) && "getReader" in value && typeof value.getReader === "function";
}

/**
 * Reads a stream here, where a loader thread pulls it in short pieces. To transfer it would be no better: but for what comes from
 * the network, platforms clone every chunk here, with the whole buffer that it is a view of.
 */
export function pumpStream(host: CaptureTerms["host"], stream: StreamSource): SupplyLine {
	const reader = stream.getReader();
	let rest = new Uint8Array(0);
	return supplyPieces(host, {
		async next() {
			while (rest.length === 0) {
				const { done, value } = await reader.read().catch((error: unknown) => {
					throw new Error(failedStream(error), { cause: error });
				});
				if (done) return null;
				rest = bytesOf(value);
			}
			const piece = rest.slice(0, SUPPLIED_BYTES);
			rest = rest.subarray(SUPPLIED_BYTES);
			return piece;
		},
		cancel: () => reader.cancel(),
	});
}

/** Opens the stream in the loader thread. */
export function openStream({ port }: Extract<LoadSource, { kind: "stream" }>): ArrivingSource {
	return { reader: suppliedBytes(port), byteLength: null };
}

export function suppliedBytes(port: SupplyPort): ByteReader {
	const pieces = piecesOf(port);
	return {
		async read() {
			const piece = await pieces.next();
			return piece instanceof Uint8Array ? { done: false, value: piece } : { done: true };
		},
		cancel: () => pieces.cancel(),
	};
}

function failedStream(error: unknown): string {
	const reason = (error instanceof Error ? error.message : String(error)).replace(/\.$/, "");
	return `The stream failed: ${reason}. Pass a new one.`;
}
