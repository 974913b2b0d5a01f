import type { ByteSource } from "../../source/byte-source.ts";
import { Damage } from "../damage.ts";
import type { DecodeContext, DecodedChunk, OpenDecoder, RecordedFormat } from "../decoder.ts";
import { type OggLink, openChain } from "../ogg/chained-decoder.ts";
import type { LinkFormat } from "../ogg/link-converter.ts";
import { supportedChannels, supportedSampleRate } from "../supported-audio.ts";
import type { FlacDecoder } from "./flac-decoder.ts";
import { findOggFlac, type OggFlacStream } from "./ogg-flac-source.ts";
import { openFlac } from "./open-flac.ts";
import { readMetadata } from "./stream-info.ts";

/**
 * Opens an Ogg FLAC file: its consecutive streams; of parallel ones the first.
 *
 * @throws MalformedAudioError if no frame can be decoded, LooperError `unsupported-channels` for more than two.
 */
export const openOggFlac: OpenDecoder = async (source, context) => {
	const damage = new Damage(context.strict);
	const openLink = (byteOffset: number, own: Damage) => openStream(source, byteOffset, { damage: own, context });
	return openChain({ source, damage, context, name: "Ogg FLAC", openLink });
};

async function openStream(
	source: ByteSource,
	byteOffset: number,
	{ damage, context }: { damage: Damage; context: DecodeContext },
): Promise<OggLink | null> {
	// Only the scan of the first stream happens before any other progress is reported.
	const stream = await findOggFlac(source, byteOffset, byteOffset === 0 ? context.onScan : undefined);
	if (stream === null) return null;
	const parts = { stream, damage, fileBytes: source.byteLength };
	const { streamInfo, audioStart } = readMetadata(stream.bytes);
	const isEmpty = streamInfo !== null && audioStart >= stream.bytes.byteLength;
	if (!isEmpty) {
		const flac = await openFlac(stream.bytes, context, damage);
		return new OggFlacLink(flac, flac.format, parts);
	}
	const sampleRate = supportedSampleRate(streamInfo.sampleRate, byteOffset);
	const channels = supportedChannels(streamInfo.channels, byteOffset);
	return new OggFlacLink(null, { sampleRate, channels }, parts);
}

/** The input of an Ogg FLAC stream's decoder. */
interface LinkParts {
	readonly stream: OggFlacStream;
	readonly damage: Damage;
	readonly fileBytes: number;
}

/** A FLAC decoder that checks where the surrounding Ogg stream should end. Thread: loader. */
class OggFlacLink implements OggLink {
	/** Null for a stream of headers only. */
	readonly #flac: FlacDecoder | null;
	readonly #parts: LinkParts;
	readonly #format: LinkFormat;

	constructor(flac: FlacDecoder | null, format: LinkFormat, parts: LinkParts) {
		this.#flac = flac;
		this.#format = format;
		this.#parts = parts;
	}

	get format(): RecordedFormat {
		const { sampleRate, channels } = this.#format;
		return { name: "Ogg FLAC", sampleRate, channels, frames: this.#flac?.format.frames ?? 0 };
	}

	get warnings(): readonly string[] {
		return this.#parts.damage.warnings;
	}

	get nextOffset(): number | null {
		return this.#parts.stream.nextOffset;
	}

	*chunks(): Generator<DecodedChunk, void, undefined> {
		const { stream, damage, fileBytes } = this.#parts;
		const { start, end, isComplete, strangerOffset } = stream;
		for (const { samples, fraction } of this.#flac?.chunks() ?? []) {
			yield { samples, fraction: (start + fraction * (end - start)) / fileBytes };
		}
		const { frames, sampleRate } = this.format;
		const where = damage.at(frames, sampleRate);
		if (!isComplete) damage.report(end, `The stream ends without its last page ${where}.`);
		if (strangerOffset !== null) {
			damage.report(strangerOffset, `A stream whose first page is lost was left out ${where}.`);
		}
	}

	close(): void {
		this.#flac?.close();
	}
}
