import { checkInteger, checkObject, checkOneOf } from "../check-arguments.ts";
import { checkKnown } from "../check-known.ts";
import type { OwnedBytes } from "../protocol/platform-types.ts";
import type { SampleMetadata } from "../protocol/sample-metadata.ts";
import type { WavFormat } from "./encode-frames.ts";
import { metadataChunks } from "./metadata-chunks.ts";
import { riffHeader } from "./riff-header.ts";

/** What the header of a WAV file says. */
export interface WavForm {
	readonly format: WavFormat;
	/** 1 to 65,535. */
	readonly channels: number;
	/** Frames per second, 1..768,000. */
	readonly sampleRate: number;
	/** From 0 on. */
	readonly frames: number;
	readonly metadata?: Partial<SampleMetadata>;
}

export const MAX_SAMPLE_RATE = 768_000;
const MAX_CHANNELS = 65_535;

/**
 * The bytes before the samples of a WAV file; RF64 from 4 GiB on. An odd number of bytes of samples is followed by a zero.
 *
 * The length does not depend on the frames where there is no metadata: a recording begins with a header of 0 frames, which is
 * overwritten at its end. For this, room for the sizes of RF64 is kept in a `JUNK` chunk.
 *
 * Source: Microsoft and IBM, "Multimedia Programming Interface and Data Specifications 1.0" (1991), chapter 3; EBU, "RF64: An extended
 * file format for audio data", Tech 3306 (2018).
 *
 * @throws TypeError or RangeError, naming what is wrong in the form.
 */
export function wavHeader(form: WavForm): OwnedBytes {
	checkForm(form);
	const { metadata } = form;
	return riffHeader(form, metadata === undefined ? [] : metadataChunks(metadata, form));
}

function checkForm(form: WavForm): void {
	checkObject("form", form);
	checkKnown(form, { format: true, channels: true, sampleRate: true, frames: true, metadata: true });
	checkOneOf("format", form.format, ["f32", "s24"]);
	checkInteger("channels", form.channels, 1, MAX_CHANNELS);
	checkInteger("sampleRate", form.sampleRate, 1, MAX_SAMPLE_RATE);
	checkInteger("frames", form.frames, 0, Number.MAX_SAFE_INTEGER);
	if (form.metadata !== undefined) checkObject("metadata", form.metadata);
}
