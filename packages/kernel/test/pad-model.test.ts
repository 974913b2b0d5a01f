import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as parameters from "../../engine/src/protocol/parameters.ts";
import * as layout from "../../engine/src/protocol/shared-memory.ts";
import { type Command, KernelHost, play } from "./kernel-host.ts";
import { PadModel } from "./pad-model.ts";

const SEED = 0x9a_d5;
const SAMPLE_RATE = 8000;
/** Frames of the pads' samples: some end soon, some never within a test. */
const LENGTHS = [200_000, 2500, 200_000, 700, 200_000];
const QUANTA = [0, 1 / 32, 1 / 4, 1 / 3, 1, 4];

const slots = fc.integer({ min: 0, max: LENGTHS.length - 1 });
const padSettings = fc
	.tuple(
		slots,
		fc.oneof(
			fc.tuple(fc.constant(parameters.PAD_LAUNCH_MODE), fc.integer({ min: 0, max: 3 })),
			fc.tuple(fc.constantFrom(parameters.PAD_LOOP, parameters.PAD_RETRIGGER), fc.constantFrom(0, 1)),
			fc.tuple(
				fc.constantFrom(parameters.PAD_LAUNCH_QUANTUM, parameters.PAD_STOP_QUANTUM),
				fc.constantFrom(parameters.GLOBAL_QUANTUM, ...QUANTA),
			),
			fc.tuple(fc.constant(parameters.PAD_CHOKE_GROUP), fc.constantFrom(0, 1, 1, 2)),
			fc.tuple(fc.constantFrom(parameters.PAD_TRIGGER_MUTE, parameters.PAD_SYNC), fc.constantFrom(0, 0, 1)),
		),
	)
	.map(([slot, [parameter, value]]): Command => ({ type: "set", slot, parameter, value }));
const settings = fc
	.oneof(
		fc.tuple(fc.constant(parameters.TRANSPORT_TEMPO), fc.constantFrom(97, 120, 133.3, 400)),
		fc.tuple(fc.constant(parameters.TRANSPORT_QUANTUM), fc.constantFrom(...QUANTA)),
		fc.tuple(fc.constant(parameters.TRANSPORT_LATE_WINDOW), fc.constantFrom(0, 0.08, 1)),
		fc.tuple(fc.constant(parameters.TRANSPORT_EXCLUSIVE), fc.constantFrom(0, 0, 0, 1)),
	)
	.map(([parameter, value]): Command => ({ type: "set", slot: 0, parameter, value }));
const transports = fc.oneof<fc.Arbitrary<Command>[]>(
	fc.constant({ type: "transportStart" }),
	fc.constant({ type: "transportStop" }),
	fc.record({ type: fc.constant("transportMove" as const), beat: fc.constantFrom(0, 3.9, 4, 17.25) }),
	fc.record({ type: fc.constant("transportNudge" as const), beats: fc.constantFrom(-1, -0.01, 0.02, 0.5) }),
);
/** A press tells its pad by its velocity. */
const presses = slots.map((slot): Command => ({ type: "press", slot, velocity: 2 ** -slot }));
const ends = fc.record({
	type: fc.constantFrom(
		...Array<"release">(5).fill("release"),
		...Array<"stopPad">(6).fill("stopPad"),
		"cancelQueued" as const,
	),
	slot: slots,
});
const silences = fc.record({ type: fc.constantFrom("stop" as const, "unload" as const), slot: slots });
const performed = fc.oneof<fc.WeightedArbitrary<Command>[]>(
	{ weight: 20, arbitrary: presses },
	{ weight: 12, arbitrary: ends },
	{ weight: 1, arbitrary: silences },
	{ weight: 3, arbitrary: padSettings },
	{ weight: 2, arbitrary: settings },
	{ weight: 1, arbitrary: transports },
	{ weight: 1, arbitrary: slots.map((slot) => play(slot, 2 ** -10)) },
	{ weight: 1, arbitrary: fc.constant<Command>({ type: "stopAll" }) },
);
const commands = fc.oneof(
	{ weight: 6, arbitrary: performed },
	{
		weight: 1,
		arbitrary: fc.tuple(performed, fc.constantFrom(...QUANTA.slice(1))).map(([one, atLine]) => ({ ...one, atLine })),
	},
	{
		weight: 1,
		arbitrary: fc.tuple(performed, fc.integer({ min: 0, max: 40_000 })).map(([one, atFrame]) => ({ ...one, atFrame })),
	},
);
const moments = fc.array(
	fc.record({
		commands: fc.array(commands, { maxLength: 8 }),
		frames: fc.oneof(fc.integer({ min: 1, max: 3000 }), fc.constantFrom(1, 125, 1000, 4000)),
	}),
	{ minLength: 12, maxLength: 25 },
);
/** Otherwise most presses would come at once: a transport that runs, a quantum, and loops that can stop. */
const openings = fc
	.tuple(
		fc.constantFrom(1 / 4, 1, 1, 4),
		fc.array(fc.record({ loop: fc.constantFrom(0, 1), mode: fc.integer({ min: 0, max: 3 }) }), {
			minLength: LENGTHS.length,
			maxLength: LENGTHS.length,
		}),
		fc.array(fc.oneof(padSettings, settings), { maxLength: 8 }),
	)
	.map(([quantum, pads, others]): Command[] => [
		{ type: "transportStart" },
		{ type: "set", slot: 0, parameter: parameters.TRANSPORT_QUANTUM, value: quantum },
		...pads.flatMap(({ loop, mode }, slot): Command[] => [
			{ type: "set", slot, parameter: parameters.PAD_LOOP, value: loop },
			{ type: "set", slot, parameter: parameters.PAD_LAUNCH_MODE, value: mode },
		]),
		...others,
	]);

const kernel = new KernelHost();

function begin(): { readonly load: (slot: number) => Command } {
	kernel.restart({ slots: LENGTHS.length, voices: 256, fadeFrames: 1, sampleRate: SAMPLE_RATE });
	const samples = LENGTHS.map((length) =>
		kernel.place(
			Float32Array.from({ length }, (_, at) => (at === 0 ? 1 : 0)),
			1,
		),
	);
	return { load: (slot) => ({ type: "load", slot, sample: samples[slot]! }) };
}

test("pads start, stop and wait as the table says: the same state, the same frame", () => {
	const seen = { starts: 0, states: [0, 0, 0, 0], choked: 0 };
	fc.assert(
		fc.property(openings, moments, fc.integer({ min: 1, max: 2048 }), (opening, script, blockFrames) => {
			const { load } = begin();
			const model = new PadModel(LENGTHS, SAMPLE_RATE);
			const scenes = [{ commands: [...LENGTHS.map((_, slot) => load(slot)), ...opening], frames: 1 }, ...script];
			for (const scene of scenes) {
				// What was unloaded comes back now and then.
				const all = scene.frames % 5 === 0 ? [...scene.commands, load(scene.frames % LENGTHS.length)] : scene.commands;
				for (const command of all) kernel.send(command);
				const heard = kernel.render(scene.frames, blockFrames);
				const expected = model.render(scene.frames, all);
				const wrong = expected.findIndex((value, frame) => value !== heard[2 * frame]);
				expect([wrong, heard[2 * wrong], expected[wrong]]).toEqual([-1, undefined, undefined]);
				for (const slot of LENGTHS.keys()) {
					const state = [kernel.padStatus(slot, layout.PAD_STATE), kernel.queuedBeat(slot)];
					expect([slot, ...state]).toEqual([slot, model.state(slot), model.queuedBeat(slot)]);
					seen.states[state[0]!]!++;
				}
				expect(kernel.statusDouble(layout.STATUS_BEAT)).toBe(model.transport.beat);
				seen.starts += expected.filter((value) => value !== 0).length;
			}
			expect(kernel.status(layout.STATUS_CHOKED_LAUNCHES)).toBe(model.chokedLaunches);
			expect(kernel.status(layout.STATUS_INVALID_COMMANDS)).toBe(0);
			seen.choked += model.chokedLaunches;
		}),
		{ seed: SEED, numRuns: 150 },
	);

	// The property says something only if pads were in every state, and lost to others.
	expect(Math.min(...seen.states)).toBeGreaterThan(100);
	expect(seen.starts).toBeGreaterThan(1000);
	expect(seen.choked).toBeGreaterThan(10);
});
