import { Peaks } from "./peaks.ts";

const framesPerPeak = 128;

/** Peaks as the engine finds them, over all channels. */
export function peaksOf(...channels: readonly Float32Array[]): Peaks {
	const frames = channels[0]?.length ?? 0;
	const spans = Array.from({ length: Math.ceil(frames / framesPerPeak) }, (_, peak) =>
		channels.flatMap((samples) => [...samples.subarray(peak * framesPerPeak, (peak + 1) * framesPerPeak)]),
	);
	const lows = Float32Array.from(spans, (span) => Math.min(...span));
	const highs = Float32Array.from(spans, (span) => Math.max(...span));
	return new Peaks(frames, { framesPerPeak, lows, highs });
}
