import { convertWithFfmpeg, noise, seededRandom, type WaveCoding, writeWave } from "./fixtures.ts";
import { writeFlac } from "./flac-writer.ts";
import { bytes32, writeAiff, writeCaf } from "./iff-writer.ts";

/** The recording in a short file. */
interface ShortRecording {
	readonly frames: number;
	readonly sampleRate: number;
	readonly channels: 1 | 2;
	/** Seed of its noise, so that all files differ. */
	readonly seed: number;
}

type ShortWriter = (recording: ShortRecording) => Uint8Array<ArrayBuffer>;

const waveCodings: readonly WaveCoding[] = ["u8", "s16", "s24", "s32", "f32", "f64"];

function wave(coding: WaveCoding): ShortWriter {
	return ({ frames, sampleRate, channels, seed }) =>
		writeWave(noise(frames, channels, { seed }), { coding, sampleRate, channels });
}

/** Random 16-bit samples. */
function sampleBytes({ frames, channels, seed }: ShortRecording): Uint8Array {
	const random = seededRandom(seed);
	return Uint8Array.from({ length: 2 * frames * channels }, () => Math.floor(random() * 256));
}

/** A rate as an 80-bit extended float. @param rate - an integer, 1..2^31 - 1 */
function extendedFloat(rate: number): Uint8Array {
	const exponent = Math.floor(Math.log2(rate));
	const mantissa = bytes32(rate * 2 ** (31 - exponent));
	return Uint8Array.of(0x40 + ((exponent - 1) >> 8), (exponent - 1) & 0xff, ...mantissa, 0, 0, 0, 0);
}

function flac({ frames, sampleRate, channels, seed }: ShortRecording): Uint8Array<ArrayBuffer> {
	const random = seededRandom(seed);
	const samples = (): number[] =>
		Array.from({ length: Math.max(frames, 1) }, () => Math.floor(random() * 60_000) - 30_000);
	const block = {
		channels: Array.from({ length: channels }, samples),
		codings: Array.from({ length: channels }, () => ({ type: "verbatim" }) as const),
	};
	// Without a declared length, a file without frames counts as damaged.
	const { bytes, frameOffsets } = writeFlac([block], { sampleRate, bits: 16, declaredFrames: frames });
	return frames === 0 ? bytes.slice(0, frameOffsets[0]) : bytes;
}

/** Writers of lossless formats, by name. */
export const shortWriters: ReadonlyMap<string, ShortWriter> = new Map<string, ShortWriter>([
	...waveCodings.map((coding) => [`WAV ${coding}`, wave(coding)] as const),
	[
		"AIFF",
		(recording) =>
			writeAiff(sampleBytes(recording), { ...recording, bits: 16, rate: extendedFloat(recording.sampleRate) }),
	],
	["CAF", (recording) => writeCaf(sampleBytes(recording), { ...recording, bits: 16 })],
	["FLAC", flac],
]);

/** Formats of `ffmpeg`: encoder arguments and extension. MP3 is longer, because ffmpeg's muxer counts some padding. */
const encoders: readonly (readonly [name: string, extension: string, args: readonly string[], sampleRate: number])[] = [
	["Ogg Vorbis", "ogg", ["-c:a", "libvorbis"], 44_100],
	["Ogg Opus", "opus", ["-c:a", "libopus"], 48_000],
	["Opus in WebM", "webm", ["-c:a", "libopus"], 48_000],
	["Ogg FLAC", "ogg", ["-c:a", "flac"], 96_000],
	["ALAC", "m4a", ["-c:a", "alac"], 96_000],
	["AAC", "m4a", ["-c:a", "aac"], 44_100],
	["MP3", "mp3", ["-c:a", "libmp3lame"], 44_100],
];

/** An encoded file, and the number of frames encoded. */
export interface EncodedFile {
	readonly name: string;
	readonly bytes: Uint8Array<ArrayBuffer>;
	readonly frames: number;
	readonly sampleRate: number;
}

/** Encodes recordings of 1 to 4 frames. */
export function encodeShortFiles(): EncodedFile[] {
	return encoders.flatMap(([name, extension, args, sampleRate], place) =>
		[1, 2, 3, 4].map((frames): EncodedFile => {
			const input = wave("s16")({ frames, sampleRate, channels: 1, seed: 100 * place + frames });
			return { name, bytes: convertWithFfmpeg(input, { from: "wav", to: extension, args }), frames, sampleRate };
		}),
	);
}
