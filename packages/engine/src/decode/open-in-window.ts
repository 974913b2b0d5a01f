import { MalformedAudioError } from "../errors.ts";
import type { ByteSource } from "../source/byte-source.ts";
import { byteWindow } from "../source/byte-window.ts";
import type { DecodeContext, DecodedChunk, Decoder, OpenDecoder, RecordedFormat } from "./decoder.ts";

/** A stretch of a file, in bytes from its start. */
export interface ByteSpan {
	readonly start: number;
	/** Left out, it is the end of the file. */
	readonly end?: number;
}

/**
 * Opens a stretch of a file with the decoder for what stands there; its errors name places in the whole file.
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

	close(): void {
		this.#decoder.close();
	}
}

function shifted(error: unknown, start: number): unknown {
	if (!(error instanceof MalformedAudioError)) return error;
	return new MalformedAudioError(start + error.byteOffset, error.message, { cause: error.cause });
}
