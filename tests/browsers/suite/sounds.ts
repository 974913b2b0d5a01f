import { noise } from "../../loudspeaker/noise.ts";

/** Frames per second of every engine in the suite, and of the sounds that are played unresampled. */
export const SAMPLE_RATE = 48_000;

/** One sound with as many channels as it has arrays. */
export type Planar = readonly Float32Array[];

/** A sound of 20,000 frames, hardly any two of them equal. */
export const tune: Planar = [noise(20_000, 1), noise(20_000, 2)];

/** A constant sound, whose level identifies the voices in a mix. */
export function steady(level: number, frames: number): Planar {
	return [new Float32Array(frames).fill(level)];
}

const HEADER_BYTES = 44;
const BYTES_PER_SAMPLE = 4;
const FLOAT_FORMAT = 3;

function writeText(view: DataView, byteOffset: number, text: string): void {
	for (let index = 0; index < text.length; index++) view.setUint8(byteOffset + index, text.charCodeAt(index));
}

/** A WAVE file of 32-bit floats. */
export function waveFile(sound: Planar, sampleRate = SAMPLE_RATE): Uint8Array<ArrayBuffer> {
	const channels = sound.length;
	const frames = sound[0]?.length ?? 0;
	const dataBytes = frames * channels * BYTES_PER_SAMPLE;
	const view = new DataView(new ArrayBuffer(HEADER_BYTES + dataBytes));
	writeText(view, 0, "RIFF");
	view.setUint32(4, HEADER_BYTES - 8 + dataBytes, true);
	writeText(view, 8, "WAVEfmt ");
	view.setUint32(16, 16, true);
	view.setUint16(20, FLOAT_FORMAT, true);
	view.setUint16(22, channels, true);
	view.setUint32(24, sampleRate, true);
	view.setUint32(28, sampleRate * channels * BYTES_PER_SAMPLE, true);
	view.setUint16(32, channels * BYTES_PER_SAMPLE, true);
	view.setUint16(34, 8 * BYTES_PER_SAMPLE, true);
	writeText(view, 36, "data");
	view.setUint32(40, dataBytes, true);
	for (let frame = 0; frame < frames; frame++) {
		for (const [channel, samples] of sound.entries()) {
			const byteOffset = HEADER_BYTES + (frame * channels + channel) * BYTES_PER_SAMPLE;
			view.setFloat32(byteOffset, samples[frame]!, true);
		}
	}
	return new Uint8Array(view.buffer);
}

/** A file of ten seconds at another rate, so that loading it is work. */
export function longFile(seed: number): Uint8Array<ArrayBuffer> {
	return waveFile([noise(441_000, seed), noise(441_000, seed + 1_000)], 44_100);
}

/** Stereo noise and its file, 8 bytes per frame. */
export function longNoise(frames: number): { samples: Float32Array; file: Uint8Array<ArrayBuffer> } {
	const file = waveFile([noise(frames, 5), noise(frames, 6)]);
	return { samples: new Float32Array(file.buffer, HEADER_BYTES), file };
}
