import type { DecodeContext, Decoder, RecordedFormat } from "../src/decode/decoder.ts";
import { ImportedDecoderFiles } from "../src/decode/decoder-files.ts";
import type { PlatformAudio } from "../src/decode/platform/platform-audio.ts";
import { LooperError } from "../src/errors.ts";
import { keyField } from "../src/protocol/musical-key.ts";
import { NO_METADATA, type SampleMetadata, validMetadata } from "../src/protocol/sample-metadata.ts";
import { loaderModule } from "./loader-module.ts";

/** A platform without decoders. */
const noPlatformAudio: PlatformAudio = {
	open: ({ name }) => Promise.reject(new LooperError("unsupported-format", `This platform has no ${name} decoder.`)),
};

const address = (file: string): string => new URL(`../src/decode/${file}.ts`, import.meta.url).href;
const files = new ImportedDecoderFiles({
	lossless: address("lossless-formats"),
	compressed: address("compressed-formats"),
	mp3: address("libraries/mp3"),
	vorbis: address("libraries/vorbis"),
	opus: address("libraries/opus"),
});

/** A context with default load options. */
export function decodeContext(options: Partial<DecodeContext> = {}): DecodeContext {
	return {
		loaderModule,
		files,
		platformAudio: noPlatformAudio,
		strict: false,
		trimEncoderDelay: true,
		...options,
	};
}

/** A whole decoded file. */
export interface DecodedFile {
	readonly format: RecordedFormat;
	readonly samples: Float32Array;
	readonly warnings: readonly string[];
	readonly metadata: SampleMetadata;
}

/** Decodes a file to its end and checks the contract of its chunks. */
export async function decodeAll(opening: Promise<Decoder>): Promise<DecodedFile> {
	const decoder = await opening;
	const { channels } = decoder.format;
	const parts: Float32Array[] = [];
	let lastFraction = 0;
	try {
		for await (const { samples, fraction } of decoder.chunks()) {
			if (samples.length % channels !== 0) throw new Error("A chunk ends inside a frame.");
			if (samples.length > 65_536 * channels) throw new Error(`A chunk has ${samples.length / channels} frames.`);
			if (!(fraction >= lastFraction && fraction <= 1))
				throw new Error(`The fraction ${fraction} follows ${lastFraction}.`);
			lastFraction = fraction;
			parts.push(samples.slice());
		}
		const samples = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
		let offset = 0;
		for (const part of parts) {
			samples.set(part, offset);
			offset += part.length;
		}
		const said = decoder.readMetadata?.() ?? NO_METADATA;
		const metadata = { ...validMetadata(said, samples.length / channels), ...keyField(said.key) };
		return { format: decoder.format, samples, warnings: decoder.warnings, metadata };
	} finally {
		decoder.close();
	}
}
