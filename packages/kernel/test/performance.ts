import * as fc from "fast-check";
import {
	LAUNCH_GATE,
	LAUNCH_TOGGLE,
	LAUNCH_TRIGGER,
	PAD_CUE,
	PAD_EQ_HIGH,
	PAD_EQ_LOW,
	PAD_EQ_MID,
	PAD_LAUNCH_MODE,
	PAD_LOOP,
	PAD_SOLO,
} from "../../engine/src/protocol/parameters.ts";
import { seamFrames } from "../../engine/src/protocol/seam.ts";
import { OVERFLOW_DROP_NEWEST, OVERFLOW_REPLACE_OLDEST } from "../../engine/src/protocol/shared-memory.ts";
import {
	type Command,
	KernelHost,
	type KernelOptions,
	type PlacedSample,
	type PlacedSeam,
	play,
} from "./kernel-host.ts";
import { noise } from "./signals.ts";

const SLOTS = 4;
const launchModes = [LAUNCH_TRIGGER, LAUNCH_GATE, LAUNCH_TOGGLE];

/** What happens at one moment, and how long it lasts until the next; frames of commands count from the scene's start. */
export interface Scene {
	readonly commands: readonly Command[];
	readonly frames: number;
}

/** Samples before they are placed into an engine memory. */
export type Recordings = readonly {
	readonly channels: 1 | 2;
	readonly samples: Float32Array;
	readonly seam?: PlacedSeam;
}[];

/** Noise of many lengths, and resampled noise, longer and shorter than its edges: loops whose places are whole frames. */
export const noises: Recordings = ([1, 2] as const).flatMap((channels) => [
	...[1, 3, 100, 257, 2048, 3000].map((frames) => ({ channels, samples: noise(channels * frames, frames + channels) })),
	...[0.5, 1.3, 2.5, 100, 257, 2048].map((loopFrames) => resampledNoise(channels, loopFrames, 60)),
]);

/** Noise whose edges are other noise, so that it shows which is played. */
export function resampledNoise(channels: 1 | 2, loopFrames: number, edgeFrames: number): Recordings[number] {
	const frames = Math.round(loopFrames);
	const edges = noise(channels * seamFrames(frames, edgeFrames), 77 * frames + channels);
	return { channels, samples: noise(channels * frames, frames + channels), seam: { edgeFrames, loopFrames, edges } };
}

/** Places samples. The handles and addresses are the same in every kernel just started. */
export function placeRecordings(kernel: KernelHost, recordings: Recordings = noises): PlacedSample[] {
	return recordings.map(({ samples, channels, seam }) =>
		seam ? kernel.placeLoop(samples, channels, seam) : kernel.place(samples, channels),
	);
}

const slots = fc.integer({ min: 0, max: SLOTS - 1 });
const plays = fc
	.tuple(slots, fc.constantFrom(1, 0.7, 0.01, 2 ** -39, 0), fc.boolean())
	.map(([slot, velocity, isLooping]) => play(slot, velocity, isLooping));
const stops = fc.record({ type: fc.constant("stop" as const), slot: slots });
const unloads = fc.record({ type: fc.constant("unload" as const), slot: slots });
const stopsOfAll = fc.constant<Command>({ type: "stopAll" });
const decibels = fc.constantFrom(0, -6, 3.5, -90, Number.NEGATIVE_INFINITY);
const gains = fc.oneof(
	fc.record({ type: fc.constant("gain" as const), decibels }),
	fc.record({ type: fc.constant("gain" as const), slot: slots, decibels }),
);
const presses = fc.record({ type: fc.constant("press" as const), slot: slots, velocity: fc.constantFrom(1, 0.6, 0) });
const lettings = fc.record({ type: fc.constantFrom("release" as const, "stopPad" as const), slot: slots });
const settings = fc
	.tuple(slots, fc.constantFrom([PAD_LOOP, 0], [PAD_LOOP, 1], ...launchModes.map((mode) => [PAD_LAUNCH_MODE, mode])))
	.map(([slot, [parameter = 0, value = 0]]): Command => ({ type: "set", slot, parameter, value }));
/** What may have a frame of its own, or none. */
const performed = fc.oneof<fc.WeightedArbitrary<Command>[]>(
	{ weight: 6, arbitrary: plays },
	{ weight: 5, arbitrary: presses },
	{ weight: 2, arbitrary: lettings },
	{ weight: 3, arbitrary: stops },
	{ weight: 2, arbitrary: settings },
	{ weight: 2, arbitrary: gains },
	{ weight: 1, arbitrary: unloads },
	{ weight: 1, arbitrary: stopsOfAll },
);

/** Commands with a frame of their own; some frames have passed, many coincide, a few never come. */
const timed = fc
	.tuple(
		performed,
		fc.oneof(fc.integer({ min: -50, max: 6000 }), fc.constantFrom(0, 1, 127, 128, 129, 1000), fc.constant(2 ** 40)),
	)
	.map(([command, atFrame]): Command => ({ ...command, atFrame }));

/** Commands to equalizers, solo and cue, with frames of their own. */
export const stripSettings: fc.Arbitrary<Command> = fc
	.tuple(
		slots,
		fc.oneof(
			fc.tuple(
				fc.constantFrom(PAD_EQ_LOW, PAD_EQ_MID, PAD_EQ_HIGH),
				fc.constantFrom(0, 0, 6, -3, Number.NEGATIVE_INFINITY),
			),
			fc.tuple(fc.constantFrom(PAD_SOLO, PAD_CUE), fc.constantFrom(0, 0, 1)),
		),
		fc.nat(4000),
	)
	.map(([slot, [parameter, value], atFrame]): Command => ({ type: "set", slot, parameter, value, atFrame }));

/**
 * A few moments with every kind of command, timed and untimed; at first every slot has a sample and one of them sounds.
 *
 * @param more - commands that come as well
 */
export function performances(recordings: Recordings, more?: fc.Arbitrary<Command>): fc.Arbitrary<Scene[]> {
	const placed = placeRecordings(new KernelHost(), recordings).map((sample) => ({
		...sample,
		// A counterexample names it in one word.
		[fc.toStringMethod]: () => `sample${sample.handle}`,
	}));
	const samples = fc.constantFrom(...placed);
	const loads = fc.record({ type: fc.constant("load" as const), slot: slots, sample: samples });
	const openings = fc.tuple(...Array.from({ length: SLOTS }, () => samples)).map(
		(first): Scene => ({
			commands: [...first.map((sample, slot): Command => ({ type: "load", slot, sample })), play(1, 0.9, true)],
			frames: 200,
		}),
	);
	const commands = fc.oneof(
		{ weight: 3, arbitrary: loads },
		{ weight: 14, arbitrary: performed },
		{ weight: 6, arbitrary: timed },
		...(more === undefined ? [] : [{ weight: 12, arbitrary: more }]),
	);
	const moments = fc.record<Scene>({
		commands: fc.array(commands, { maxLength: 12 }),
		frames: fc.integer({ min: 1, max: 4000 }),
	});
	return fc
		.tuple(openings, fc.array(moments, { minLength: 1, maxLength: 5 }))
		.map(([opening, others]) => [opening, ...others]);
}

/** Kernels with few voices, so that they are stolen and refused. */
export const kernelOptions: fc.Arbitrary<Required<KernelOptions>> = fc.record({
	slots: fc.constant(SLOTS),
	sampleRate: fc.constant(48_000),
	voices: fc.integer({ min: 1, max: 5 }),
	overflow: fc.constantFrom(OVERFLOW_REPLACE_OLDEST, OVERFLOW_DROP_NEWEST),
	fadeFrames: fc.constantFrom(1, 240, 1001),
});

/** The scene's commands with their frames on the engine's clock. @param firstFrame - none is for a frame before it */
export function* commandsFrom(scene: Scene, startFrame: number, firstFrame = 0): Generator<Command> {
	for (const command of scene.commands) {
		const { atFrame } = command;
		yield atFrame === undefined ? command : { ...command, atFrame: Math.max(firstFrame, startFrame + atFrame) };
	}
}
