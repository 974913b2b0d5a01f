import { NO_METADATA } from "../protocol/sample-metadata.ts";
import type { ByteSource } from "../source/byte-source.ts";
import type { DecodedChunk, Decoder } from "./decoder.ts";

/**
 * Wraps a decoder so that its source prefetches while a chunk is being processed.
 *
 * @param scannedShare - share of the work done before opening: the fractions of its chunks start there
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
		readMetadata: () => decoder.readMetadata?.() ?? NO_METADATA,
		close: () => decoder.close(),
	};
}
