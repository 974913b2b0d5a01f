import * as fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_BLOCK_FRAMES, OVERFLOW_DROP_NEWEST, OVERFLOW_REPLACE_OLDEST } from "../../engine/src/protocol/layout.ts";
import { type Command, KernelHost, type KernelOptions, type PlacedSample, play } from "./kernel-host.ts";
import { ReferenceMixer } from "./reference-mixer.ts";
import { bitsOf, noise } from "./signals.ts";

const SEED = 0x10_0f_e4;
const SLOTS = 4;

/** What happens at one moment, and how long it lasts until the next. */
interface Scene {
	readonly commands: readonly Command[];
	readonly frames: number;
}

const kernel = new KernelHost();
const recordings = [1, 3, 100, 257, 2048, 3000].flatMap((frames) =>
	([1, 2] as const).map((channels) => ({ channels, samples: noise(channels * frames, frames + channels) })),
);
const placeRecordings = (): PlacedSample[] =>
	recordings.map(({ samples, channels }) => kernel.place(samples, channels));
const placed = placeRecordings();

const slots = fc.integer({ min: 0, max: SLOTS - 1 });
const commands = fc.oneof(
	{
		weight: 3,
		arbitrary: fc.record({ type: fc.constant("load" as const), slot: slots, sample: fc.constantFrom(...placed) }),
	},
	{
		weight: 6,
		arbitrary: fc.tuple(slots, fc.constantFrom(1, 0.7, 0.01, 2 ** -39, 0), fc.boolean()).map((args) => play(...args)),
	},
	{ weight: 2, arbitrary: fc.record({ type: fc.constant("stop" as const), slot: slots }) },
	{ weight: 1, arbitrary: fc.constant<Command>({ type: "stopAll" }) },
	{ weight: 1, arbitrary: fc.record({ type: fc.constant("unload" as const), slot: slots }) },
	{
		weight: 2,
		arbitrary: fc.record({
			type: fc.constant("gain" as const),
			decibels: fc.constantFrom(0, -6, 3.5, -90, Number.NEGATIVE_INFINITY),
		}),
	},
);
const scenes = fc.array(
	fc.record<Scene>({ commands: fc.array(commands, { maxLength: 8 }), frames: fc.integer({ min: 1, max: 4000 }) }),
	{ minLength: 1, maxLength: 5 },
);
const options = fc.record<Required<KernelOptions>>({
	slots: fc.constant(SLOTS),
	voices: fc.integer({ min: 1, max: 5 }),
	overflow: fc.constantFrom(OVERFLOW_REPLACE_OLDEST, OVERFLOW_DROP_NEWEST),
	fadeFrames: fc.constantFrom(1, 240, 1001),
});

/** Plays the scenes in blocks of one length. */
function renderScenes(script: readonly Scene[], how: KernelOptions, blockFrames: number): Float32Array[] {
	kernel.restart(how);
	placeRecordings();
	return script.map((scene) => {
		for (const command of scene.commands) kernel.send(command);
		return kernel.render(scene.frames, blockFrames);
	});
}

test("any block length gives the stream of 128 frames a block, to the bit", () => {
	fc.assert(
		fc.property(scenes, options, fc.integer({ min: 1, max: MAX_BLOCK_FRAMES }), (script, how, blockFrames) => {
			const usual = renderScenes(script, how, 128);
			const other = renderScenes(script, how, blockFrames);
			for (const [index, rendered] of other.entries()) expect(bitsOf(rendered)).toEqual(bitsOf(usual[index]!));
		}),
		{ seed: SEED, numRuns: 60 },
	);
});

test("any set sounds like the reference mixer, to the bit", () => {
	fc.assert(
		fc.property(scenes, options, (script, how) => {
			const reference = new ReferenceMixer(how);
			for (const [index, rendered] of renderScenes(script, how, MAX_BLOCK_FRAMES).entries()) {
				for (const command of script[index]!.commands) reference.send(command);
				const expected: number[] = [];
				for (let left = script[index]!.frames; left > 0; left -= MAX_BLOCK_FRAMES) {
					expected.push(...reference.render(Math.min(left, MAX_BLOCK_FRAMES)));
				}
				expect(bitsOf(rendered)).toEqual(bitsOf(Float32Array.from(expected)));
			}
		}),
		{ seed: SEED, numRuns: 40 },
	);
});
