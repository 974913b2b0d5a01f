import type { AudioBufferSource } from "../protocol/sample-source.ts";
import { type CaptureSource, isObject } from "./capture.ts";
import { suppliedPcm } from "./pcm-source.ts";

/** An AudioBuffer, copied piece by piece: it may be playing, and its channels must not be detached. */
export const captureAudioBuffer: CaptureSource = (value, terms) => {
	if (!isAudioBuffer(value)) return null;
	const { numberOfChannels: channels, sampleRate, length: frames } = value;
	const copy = (start: number, count: number): Float32Array<ArrayBuffer>[] =>
		Array.from({ length: channels }, (_, channel) => {
			const piece = new Float32Array(count);
			value.copyFromChannel(piece, channel, start);
			return piece;
		});
	return suppliedPcm("AudioBuffer", { sampleRate, channels, frames, copy }, terms);
};

function isAudioBuffer(value: unknown): value is AudioBufferSource {
	return isObject(value) && "copyFromChannel" in value && typeof value.copyFromChannel === "function";
}
