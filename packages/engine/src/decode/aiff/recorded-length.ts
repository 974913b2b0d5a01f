import { isPlaceholder } from "../pcm/placeholder-size.ts";
import type { AiffFormat } from "./aiff-format.ts";

/** The samples within a sound chunk. */
export interface SoundData {
	readonly dataOffset: number;
	/** Bytes of samples in the file. */
	readonly dataBytes: number;
	/** They extend to the end of the file, whatever the chunk declares. */
	readonly isLeftToEnd: boolean;
	/** Bytes of samples that the chunk declares; null if they extend to the end of the file. */
	readonly declaredBytes: number | null;
	/** Samples are zero-padded to a multiple of this many bytes; 0 means no padding. */
	readonly blockBytes: number;
}

/** The length of a recording, from both chunks. */
export interface RecordedLength {
	/** Bytes of samples to play. */
	readonly dataBytes: number;
	/** Frames that the file declares; null if it does not. */
	readonly declaredFrames: number | null;
	/** Frames that the common chunk declares, if they contradict the sound chunk. */
	readonly contradictingFrames: number | null;
}

/**
 * The sound chunk decides. The common chunk decides if the sound chunk's length is open, or if it is shorter by what the
 * sound chunk counts besides the samples: a byte of padding, or the rest of a block.
 */
export function reconcile(format: AiffFormat, data: SoundData): RecordedLength {
	const frameBytes = frameBytesOf(format);
	const { frames } = format;
	const { dataOffset: bodyOffset, dataBytes, declaredBytes } = data;
	const isOpen = [frames, frames * frameBytes].some((size) =>
		isPlaceholder({ bodyOffset, declaredBytes: size, frameBytes }),
	);
	// Writers that cannot seek back leave 0 as the number of frames.
	const commonFrames = frames === 0 || isOpen ? null : frames;
	if (declaredBytes === null) {
		const most = commonFrames === null ? dataBytes : commonFrames * frameBytes;
		return { dataBytes: Math.min(dataBytes, most), declaredFrames: commonFrames, contradictingFrames: null };
	}
	const usedBytes = declaredBytes - paddingBytes(data, declaredBytes, (commonFrames ?? 0) * frameBytes);
	const soundFrames = Math.floor(usedBytes / frameBytes);
	return {
		dataBytes: Math.min(dataBytes, usedBytes),
		declaredFrames: soundFrames,
		contradictingFrames: soundFrames === commonFrames ? null : commonFrames,
	};
}

/** Padding that a sound chunk counts after its samples: some writers count the byte that makes its length even. */
function paddingBytes({ blockBytes }: SoundData, declaredBytes: number, sampleBytes: number): number {
	const surplus = declaredBytes - sampleBytes;
	const isBlockEnd = surplus < blockBytes && declaredBytes % blockBytes === 0;
	const isEvenEnd = surplus === 1 && declaredBytes % 2 === 0;
	return surplus > 0 && sampleBytes > 0 && (isBlockEnd || isEvenEnd) ? surplus : 0;
}

export function frameBytesOf({ coding, channels }: AiffFormat): number {
	return coding.bytes * channels;
}
