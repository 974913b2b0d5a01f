import { isMalformedAudio, MalformedAudioError } from "../errors.ts";
import { NO_METADATA, type SampleMetadata } from "../protocol/sample-metadata.ts";
import type { ByteSource } from "../source/byte-source.ts";
import { byteWindow } from "../source/byte-window.ts";
import type { DecodeContext, DecodedChunk, Decoder, OpenDecoder, RecordedFormat } from "./decoder.ts";

/** A range of a file, in bytes from its start. */
export interface ByteSpan {
	readonly start: number;
	/** Defaults to the end of the file. */
	readonly end?: number;
}

/**
 * Opens a range of a file with the matching decoder; byte offsets of its errors refer to the whole file.
 *
 * @throws whatever the decoder throws
 */
export async function openInWindow(
	open: OpenDecoder,
	source: ByteSource,
	{ start, end }: ByteSpan,
	context: DecodeContext,
): Promise<Decoder> {
	try {
		return new WindowDecoder(await open(byteWindow(source, start, end), context), start);
	} catch (error) {
		throw shifted(error, start);
	}
}

class WindowDecoder implements Decoder {
	readonly #decoder: Decoder;
	readonly #start: number;

	constructor(decoder: Decoder, start: number) {
		this.#decoder = decoder;
		this.#start = start;
	}

	get format(): RecordedFormat {
		return this.#decoder.format;
	}

	get warnings(): readonly string[] {
		return this.#decoder.warnings;
	}

	async *chunks(): AsyncGenerator<DecodedChunk, void, undefined> {
		try {
			yield* this.#decoder.chunks();
		} catch (error) {
			throw shifted(error, this.#start);
		}
	}

	readMetadata(): SampleMetadata {
		return this.#decoder.readMetadata?.() ?? NO_METADATA;
	}

	close(): void {
		this.#decoder.close();
	}
}

function shifted(error: unknown, start: number): unknown {
	if (!isMalformedAudio(error)) return error;
	return new MalformedAudioError(start + error.byteOffset, error.message, { cause: error.cause });
}
