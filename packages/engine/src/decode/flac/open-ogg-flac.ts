import { atSecond, Damage } from "../damage.ts";
import type { DecodedChunk, Decoder, OpenDecoder, RecordedFormat } from "../decoder.ts";
import type { FlacDecoder } from "./flac-decoder.ts";
import { findOggFlac, type OggFlacStream } from "./ogg-flac-source.ts";
import { openFlac } from "./open-flac.ts";

/**
 * Opens the first FLAC stream of an Ogg file.
 *
 * @throws MalformedAudioError when no frame can be decoded, LooperError `unsupported-channels` for more than two.
 */
export const openOggFlac: OpenDecoder = async (source, context) => {
	const stream = await findOggFlac(source, context.onScan);
	return new OggFlacDecoder(await openFlac(stream.bytes, context), stream, new Damage(context.strict));
};

/** A FLAC decoder that knows where the Ogg stream around it should end. Thread: loader. */
class OggFlacDecoder implements Decoder {
	readonly #flac: FlacDecoder;
	readonly #stream: OggFlacStream;
	readonly #damage: Damage;

	constructor(flac: FlacDecoder, stream: OggFlacStream, damage: Damage) {
		this.#flac = flac;
		this.#stream = stream;
		this.#damage = damage;
	}

	get format(): RecordedFormat {
		return { ...this.#flac.format, name: "Ogg FLAC" };
	}

	get warnings(): readonly string[] {
		return [...this.#flac.warnings, ...this.#damage.warnings];
	}

	*chunks(): Generator<DecodedChunk, void, undefined> {
		yield* this.#flac.chunks();
		const { bytes, isComplete, hasFurtherStream } = this.#stream;
		const { frames, sampleRate } = this.#flac.format;
		const where = atSecond(frames, sampleRate);
		if (!isComplete) this.#damage.report(bytes.byteLength, `The stream ends without its last page ${where}.`);
		if (hasFurtherStream) this.#damage.report(bytes.byteLength, `A further stream was left out ${where}.`);
	}

	close(): void {
		this.#flac.close();
	}
}
