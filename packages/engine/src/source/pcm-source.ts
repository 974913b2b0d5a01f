import { checkInteger, mustBe } from "../check-arguments.ts";
import { LooperError } from "../errors.ts";
import type { LoadSource, SourcePiece } from "../protocol/load-source.ts";
import { riffHeader } from "../wav/riff-header.ts";
import { isShared } from "./bytes-source.ts";
import { type CaptureSource, type CaptureTerms, isObject, type NamedSource } from "./capture.ts";
import { piecesOf } from "./piece-reader.ts";
import type { ArrivingSource } from "./source-platform.ts";
import { isChannels, SUPPLIED_BYTES, supplyPieces } from "./supply.ts";

type PcmLoad = Extract<LoadSource, { kind: "pcm" }>;

/** Decoded audio that is read in pieces. */
interface PcmForm {
	readonly sampleRate: number;
	readonly channels: number;
	readonly frames: number;
	/** Copies a stretch of each channel. @throws Error when it no longer has them. */
	copy(startFrame: number, frames: number): readonly Float32Array<ArrayBuffer>[];
}

const MAX_SAMPLE_RATE = 768_000;
const PIECE_FRAMES = SUPPLIED_BYTES / 8;

/** Decoded audio as plain arrays: copied piece by piece, or taken with `transfer`; shared ones are read in place. */
export const capturePcm: CaptureSource = (value, terms) => {
	if (!isObject(value) || !("channels" in value) || !("sampleRate" in value)) return null;
	const samples = checkedChannels(value.channels);
	const sampleRate = checkedRate(value.sampleRate);
	const frames = samples[0]?.length ?? 0;
	const isInPlace = samples.every(({ buffer }) => isShared(buffer));
	if (isInPlace || terms.transfer) {
		const own = isInPlace ? samples : detachAll(samples, terms);
		const source = { kind: "pcm", sampleRate, channels: own.length, frames, samples: own, port: null } as const;
		return { name: "pcm", source };
	}
	const copy = (start: number, count: number): Float32Array<ArrayBuffer>[] => {
		if (samples.some(({ length }) => length !== frames))
			throw new Error("The samples were detached during the load. Keep them until it has ended.");
		return samples.map((channel) => channel.slice(start, start + count));
	};
	return suppliedPcm("pcm", { sampleRate, channels: samples.length, frames, copy }, terms);
};

/** A source whose pieces are copied when the loader thread pulls them. */
export function suppliedPcm(name: string, form: PcmForm, { host }: CaptureTerms): NamedSource {
	const { sampleRate, channels, frames } = form;
	checkedRate(sampleRate);
	let start = 0;
	const { port, release } = supplyPieces(host, {
		async next() {
			const count = Math.min(PIECE_FRAMES, frames - start);
			if (count === 0) return null;
			const piece = form.copy(start, count);
			start += count;
			return piece;
		},
		cancel: () => Promise.resolve(),
	});
	return { name, release, source: { kind: "pcm", sampleRate, channels, frames, samples: [], port } };
}

/**
 * Opens decoded audio in the loader thread: as the WAV file that holds it, so that it is hashed, cleaned and resampled like one.
 *
 * @throws LooperError `unsupported-channels` for more than two channels.
 */
export function openPcm(source: PcmLoad): ArrivingSource {
	const { sampleRate, channels, frames } = source;
	if (channels > 2)
		throw new LooperError(
			"unsupported-channels",
			`The source has ${channels} channels; only mono and stereo can be loaded. Mix it down to two channels.`,
		);
	const header = riffHeader({ format: "f32", channels, sampleRate, frames });
	const pieces = source.port === null ? new ArrayPieces(source.samples) : piecesOf(source.port);
	let isBegun = false;
	return {
		byteLength: header.length + frames * channels * Float32Array.BYTES_PER_ELEMENT,
		reader: {
			async read() {
				if (!isBegun) {
					isBegun = true;
					return { done: false, value: header };
				}
				const piece = await pieces.next();
				return piece !== null && isChannels(piece)
					? { done: false, value: new Uint8Array(interleave(piece).buffer) }
					: { done: true };
			},
			cancel: () => pieces.cancel(),
		},
	};
}

/** Arrays that are this thread's, or shared, as pieces. */
class ArrayPieces {
	readonly #samples: readonly Float32Array[];
	#start = 0;

	constructor(samples: readonly Float32Array[]) {
		this.#samples = samples;
	}

	next(): Promise<SourcePiece | null> {
		const start = this.#start;
		this.#start += PIECE_FRAMES;
		const piece = this.#samples.map((channel) => channel.slice(start, this.#start));
		return Promise.resolve((piece[0]?.length ?? 0) > 0 ? piece : null);
	}

	cancel(): Promise<void> {
		return Promise.resolve();
	}
}

function interleave(piece: readonly Float32Array[]): Float32Array<ArrayBuffer> {
	const channels = piece.length;
	const frames = piece[0]?.length ?? 0;
	const samples = new Float32Array(frames * channels);
	for (const [channel, own] of piece.entries())
		for (let frame = 0; frame < frames; frame++) samples[frame * channels + channel] = own[frame] ?? 0;
	return samples;
}

function checkedChannels(channels: unknown): readonly Float32Array[] {
	const expected = "one or two Float32Arrays of equal length";
	if (!isListOfSamples(channels)) throw new TypeError(mustBe("source.channels", expected, channels));
	const [first] = channels;
	if (first === undefined) throw new RangeError(mustBe("source.channels", expected, channels));
	if (first.length === 0) throw new RangeError("The channels of source hold no frames. Pass at least one.");
	for (const { length } of channels) {
		if (length === first.length) continue;
		const lengths = `${first.length} and ${length} frames`;
		throw new RangeError(`The channels of source have ${lengths}. Make them equally long.`);
	}
	return [...channels];
}

function isListOfSamples(channels: unknown): channels is readonly Float32Array[] {
	return Array.isArray(channels) && channels.every(isFloat32Array);
}

/** Of whichever frame or context. */
function isFloat32Array(value: unknown): boolean {
	return ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === "[object Float32Array]";
}

function checkedRate(sampleRate: unknown): number {
	const rate = typeof sampleRate === "number" ? sampleRate : Number.NaN;
	checkInteger("source.sampleRate", rate, 1, MAX_SAMPLE_RATE);
	return rate;
}

/** Channels may lie in one buffer. */
function detachAll(samples: readonly Float32Array[], { host }: CaptureTerms): readonly Float32Array[] {
	const taken = new Map<ArrayBufferLike, ArrayBufferLike>();
	const places = samples.map(({ buffer, byteOffset, length }) => ({ buffer, byteOffset, length }));
	return places.map(({ buffer, byteOffset, length }) => {
		const own = taken.get(buffer) ?? (isShared(buffer) ? buffer : host.detach(buffer));
		taken.set(buffer, own);
		return new Float32Array(own, byteOffset, length);
	});
}
