import type { ByteSource } from "../source/byte-source.ts";
import type { DecodedChunk, Decoder } from "./decoder.ts";

/** A decoder whose source gets ready what comes next while a chunk is made use of. Thread: loader. */
export function readingAhead(decoder: Decoder, source: ByteSource): Decoder {
	return {
		get format() {
			return decoder.format;
		},
		get warnings() {
			return decoder.warnings;
		},
		async *chunks(): AsyncGenerator<DecodedChunk, void, undefined> {
			for await (const chunk of decoder.chunks()) {
				yield chunk;
				await source.prepare?.();
			}
		},
		close: () => decoder.close(),
	};
}
