import { AT_FRAME } from "../../engine/src/protocol/commands.ts";
import * as parameters from "../../engine/src/protocol/parameters.ts";
import { COMMAND_BYTES } from "../../engine/src/protocol/shared-memory.ts";
import type { Slice } from "../../engine/src/protocol/slice.ts";
import { sliceCommands, writeSlices } from "../../engine/src/rings/slice-words.ts";
import { KernelHost, type PlacedSample, rawCommand } from "./kernel-host.ts";
import { Random } from "./signals.ts";

/** 4 beats at 120 BPM and 48 kHz. */
export const LOOP_FRAMES = 96_000;
const LOOP_BEATS = 4;
const NATURAL_TEMPO = 120;
const SET_SLICES = 26;
/** Cuts lie so long before onsets, in frames. */
const LEAD = 144;
const BEFORE_CUT = 96;

/** A loop and where it is cut. */
export interface SlicedLoop {
	/** Interleaved stereo. */
	readonly samples: Float32Array<ArrayBuffer>;
	readonly slices: readonly Slice[];
}

/** Hits that begin at once and die away, eight or more in the loop, and a little noise beneath. @param seed - not 0 */
export function drumLoop(seed: number, frames = LOOP_FRAMES): SlicedLoop {
	const random = new Random(seed);
	const samples = new Float32Array(2 * frames);
	const onsets: number[] = [];
	for (let step = 0; step < 16; step++) {
		if (step > 0 && random.next() < 0.4) continue;
		onsets.push(step === 0 ? 0 : Math.round((step * frames) / 16 + (random.next() - 0.5) * 600));
	}
	for (const onset of onsets) {
		const isLow = random.next() < 0.5;
		const fall = isLow ? 4000 : 1200 + 3000 * random.next();
		const level = 0.3 + 0.4 * random.next();
		for (let n = 0; n < 8 * fall; n++) {
			const wave = isLow ? Math.cos(n / 120) : random.next() * 2 - 1;
			for (const channel of [0, 1]) {
				const at = (2 * (onset + n) + channel) % samples.length;
				samples[at]! += level * wave * Math.exp(-n / fall) * (channel === 0 ? 1 : 0.8);
			}
		}
	}
	return { samples, slices: slicesAt(onsets, frames) };
}

/** Slices at onsets, each with a tail where there is room for it. */
export function slicesAt(onsets: readonly number[], frames: number, period = 960): Slice[] {
	return onsets.map((onsetFrame, index) => {
		const end = (onsets[index + 1] ?? onsets[0]! + frames) - LEAD - BEFORE_CUT;
		const isRoom = end - period - 384 >= onsetFrame + 720;
		const tail = isRoom ? { startFrame: end - period, periodFrames: period, decay: 0.9, isCorrelated: false } : null;
		return { startFrame: onsetFrame - LEAD, onsetFrame, tail };
	});
}

/** Sends a pad its slices. */
export function sendSlices(kernel: KernelHost, slot: number, slices: readonly Slice[], atFrame?: number): void {
	for (const words of sliceWords(slot, slices, atFrame)) {
		if (atFrame === undefined) kernel.push(words);
		else kernel.pushTimed(words);
	}
}

/** The commands with a pad's slices. */
function sliceWords(slot: number, slices: readonly Slice[], atFrame?: number): number[][] {
	return Array.from({ length: sliceCommands(slices.length) }, (_, index) => {
		const entry = new DataView(new ArrayBuffer(COMMAND_BYTES));
		writeSlices(entry, slices, 2 * index);
		const [, , , , ...args] = new Uint32Array(entry.buffer);
		const [type = 0, of = 0, ...others] = rawCommand(SET_SLICES, slot, ...args);
		if (atFrame === undefined) return [type, of, ...others];
		return [type | AT_FRAME, of, atFrame, 0, ...args];
	});
}

/** Sets a pad's parameters. */
export function set(kernel: KernelHost, settings: Readonly<Record<number, number>>, slot = 0): void {
	for (const [parameter, value] of Object.entries(settings))
		kernel.send({ type: "set", slot, parameter: Number(parameter), value });
}

/** What makes a pad play its loop in time. */
const synced: Readonly<Record<number, number>> = {
	[parameters.PAD_LOOP]: 1,
	[parameters.PAD_LENGTH_BEATS]: LOOP_BEATS,
	[parameters.PAD_SYNC]: parameters.SYNC_SLICES,
};

/** A kernel that plays a loop on pad 0 at a tempo, so many times as fast as the loop's own. */
export function playLoop(
	{ samples, slices }: SlicedLoop,
	ratio: number,
	settings: Readonly<Record<number, number>> = {},
): { kernel: KernelHost; sample: PlacedSample } {
	const kernel = new KernelHost();
	const sample = kernel.place(samples, 2);
	kernel.send({ type: "load", slot: 0, sample });
	set(kernel, { ...synced, [parameters.TRANSPORT_TEMPO]: NATURAL_TEMPO * ratio, ...settings });
	sendSlices(kernel, 0, slices);
	kernel.send({ type: "press", slot: 0, velocity: 1 });
	return { kernel, sample };
}

/** The widest step from one frame to the next of each channel. */
export function widestStep(samples: Float32Array): number {
	let widest = 0;
	for (let at = 2; at < samples.length; at++) widest = Math.max(widest, Math.abs(samples[at]! - samples[at - 2]!));
	return widest;
}
