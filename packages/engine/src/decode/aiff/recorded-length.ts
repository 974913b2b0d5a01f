import { isPlaceholder } from "../pcm/placeholder-size.ts";
import type { AiffFormat } from "./aiff-format.ts";

/** The samples within a sound chunk. */
export interface SoundData {
	readonly dataOffset: number;
	/** Bytes of samples that the file has. */
	readonly dataBytes: number;
	/** Bytes of samples that the chunk declares; null when they go to the end of the file. */
	readonly declaredBytes: number | null;
	/** Samples are padded with zeros to a multiple of so many bytes; 0 means they are not. */
	readonly blockBytes: number;
}

/** How long a recording is, going by both chunks. */
export interface RecordedLength {
	/** Bytes of samples to play. */
	readonly dataBytes: number;
	/** Frames that the file says it has; null when it leaves that open. */
	readonly declaredFrames: number | null;
	/** Frames that only the common chunk says it has. */
	readonly contradictingFrames: number | null;
}

/**
 * What the sound chunk holds is played. The common chunk's length holds where that leaves its own open, and where it
 * ends before what the other one counts besides the samples: a byte of padding, or the rest of a block.
 */
export function reconcile(format: AiffFormat, data: SoundData): RecordedLength {
	const frameBytes = frameBytesOf(format);
	const { frames } = format;
	const { dataOffset: bodyOffset, dataBytes, declaredBytes } = data;
	const isOpen = [frames, frames * frameBytes].some((size) =>
		isPlaceholder({ bodyOffset, declaredBytes: size, frameBytes }),
	);
	// Writers that cannot seek back leave 0 where the number of frames belongs.
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

/** What a sound chunk counts behind its samples: some writers count the byte that makes its length even. */
function paddingBytes({ blockBytes }: SoundData, declaredBytes: number, sampleBytes: number): number {
	const surplus = declaredBytes - sampleBytes;
	const isBlockEnd = surplus < blockBytes && declaredBytes % blockBytes === 0;
	const isEvenEnd = surplus === 1 && declaredBytes % 2 === 0;
	return surplus > 0 && sampleBytes > 0 && (isBlockEnd || isEvenEnd) ? surplus : 0;
}

export function frameBytesOf({ coding, channels }: AiffFormat): number {
	return coding.bytes * channels;
}
