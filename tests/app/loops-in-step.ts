import type { Page } from "@playwright/test";

/** Beats from the bar's beginning to where each pad's loop of a bar is, all as of one block; a test reads them by the instrument. */
export async function beatsOfLoops(page: Page, pads: readonly number[]): Promise<readonly number[]> {
	return await page.evaluate(async (numbers) => {
		const { instrument } = document.querySelector("looper-app") as unknown as {
			readonly instrument: {
				readonly pads: { sampleInfo(pad: number): { readonly frames: number } | null };
				readonly poller: {
					readonly readings: {
						add(listener: (reading: { readonly activity: { readonly playhead: Float64Array } }) => void): () => void;
					};
				};
			};
		};
		return await new Promise<readonly number[]>((resolve) => {
			const end = instrument.poller.readings.add(({ activity }) => {
				end();
				resolve(numbers.map((pad) => (4 * activity.playhead[pad]!) / instrument.pads.sampleInfo(pad)!.frames));
			});
		});
	}, pads);
}

/** The longest distance between two of several places within a bar of four beats. */
export function spreadOfBeats(beats: readonly number[]): number {
	const [first = 0] = beats;
	const distances = beats.map((beat) => ((beat - first + 6) % 4) - 2);
	return Math.max(...distances) - Math.min(...distances);
}

/** The frames at which sounds begin. @param least - frames between two of them */
export function onsets(channel: Float32Array, least: number): readonly number[] {
	const found: number[] = [];
	for (const [frame, sample] of channel.entries()) {
		if (Math.abs(sample) > 0.1 && frame - (found.at(-1) ?? -least) >= least) found.push(frame);
	}
	return found;
}
