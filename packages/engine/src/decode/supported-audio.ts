import { LooperError, MalformedAudioError } from "../errors.ts";

const MAXIMUM_SAMPLE_RATE = 768_000;

/**
 * Checks the channel count of a file.
 *
 * @throws MalformedAudioError for none, LooperError `unsupported-channels` for more than two.
 */
export function supportedChannels(channels: number, byteOffset: number): 1 | 2 {
	if (channels === 1 || channels === 2) return channels;
	if (channels < 1) throw new MalformedAudioError(byteOffset, "The file declares 0 channels. Export it again.");
	throw new LooperError(
		"unsupported-channels",
		`The file has ${channels} channels; only mono and stereo can be loaded. Mix it down to two channels.`,
	);
}

/**
 * Checks the sample rate of a file.
 *
 * @throws MalformedAudioError outside 1..768,000 Hz.
 */
export function supportedSampleRate(sampleRate: number, byteOffset: number): number {
	if (sampleRate >= 1 && sampleRate <= MAXIMUM_SAMPLE_RATE) return sampleRate;
	throw new MalformedAudioError(
		byteOffset,
		`The file declares a sample rate of ${sampleRate} Hz; 1 to ${MAXIMUM_SAMPLE_RATE} Hz are valid. Export it again.`,
	);
}
