import type { ByteSource } from "../source/byte-source.ts";
import type { DecodedChunk, Decoder } from "./decoder.ts";

/**
 * A decoder whose source gets ready what comes next while a chunk is made use of.
 *
 * @param scannedShare - share of the work that was done before it was open: its chunks' fractions begin there
 *
 * Thread: loader.
 */
export function readingAhead(decoder: Decoder, source: ByteSource, scannedShare: number): Decoder {
	return {
		get format() {
			return decoder.format;
		},
		get warnings() {
			return decoder.warnings;
		},
		async *chunks(): AsyncGenerator<DecodedChunk, void, undefined> {
			for await (const { samples, fraction } of decoder.chunks()) {
				yield { samples, fraction: scannedShare + (1 - scannedShare) * fraction };
				await source.prepare?.();
			}
		},
		close: () => decoder.close(),
	};
}
