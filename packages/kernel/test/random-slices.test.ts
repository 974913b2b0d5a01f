import { expect, test } from "vitest";
import * as command from "../../engine/src/protocol/commands.ts";
import * as parameters from "../../engine/src/protocol/parameters.ts";
import * as layout from "../../engine/src/protocol/shared-memory.ts";
import { replay, sinceSilence, typeOf } from "./journal-replay.ts";
import { KernelHost, type PlacedSample } from "./kernel-host.ts";
import { resampledNoise } from "./performance.ts";
import { doubleBits, firstDifference, noise, Random } from "./signals.ts";
import { sendSlices, slicesAt } from "./sliced-loop.ts";

const SEEDS = Array.from({ length: 24 }, (_, index) => index + 1);
const MOMENTS = 40;
const SLOTS = 2;

/** A loop at the engine's rate, a short one, and one that was resampled and has edges. */
function placeLoops(kernel: KernelHost): PlacedSample[] {
	const { samples, seam } = resampledNoise(1, 7000.4, 60);
	return [
		kernel.place(noise(2 * 12_000, 5), 2),
		kernel.place(noise(2_000, 6), 1),
		seam === undefined ? kernel.place(samples, 1) : kernel.placeLoop(samples, 1, seam),
	];
}

/** One moment of a random performance. @param frame - of the clock; half of the commands are for one soon */
function act(kernel: KernelHost, random: Random, loops: readonly PlacedSample[], frame: number): void {
	const choose = <T>(choices: readonly T[]): T => choices[Math.floor(random.next() * choices.length)]!;
	const slot = choose([0, 0, 1]);
	const timing = random.next() < 0.5 ? {} : { atFrame: frame + Math.floor(random.next() * 3000) };
	const set = (parameter: number, value: number): void =>
		kernel.send({ type: "set", slot, parameter, value, ...timing });
	const slices = (): void => {
		const step = choose([40, 400, 900, 1300]);
		const onsets = Array.from({ length: choose([0, 1, 2, 5, 9]) }, (_, index) => index * step + 3);
		const all = slicesAt(onsets, 7_000, choose([80, 300, 960]));
		sendSlices(kernel, slot, all, random.next() < 0.5 ? undefined : frame + 1 + Math.floor(random.next() * 3000));
	};
	choose([
		slices,
		slices,
		() => kernel.send({ type: "press", slot, velocity: choose([1, 0.6]), ...timing }),
		() => kernel.send({ type: "press", slot, velocity: choose([1, 0.6]), ...timing }),
		() => kernel.send({ type: "load", slot, sample: choose(loops) }),
		() => kernel.send({ type: "stopPad", slot, ...timing }),
		() => set(parameters.TRANSPORT_TEMPO, choose([60, 90, 120, 133, 240, 400])),
		() => set(parameters.PAD_SYNC, choose([0, 1, 2, 2, 2])),
		() => set(parameters.PAD_LENGTH_BEATS, choose([0.125, 0.25, 0.5, 0.5, 1])),
		() => set(parameters.PAD_SPEED, choose([1, 0.5, 1.5])),
		() => set(parameters.PAD_REVERSE, choose([0, 0, 1])),
		() => set(parameters.PAD_LOOP_START, choose([0, 300.5, 1000])),
		() => set(parameters.PAD_LOOP_END, choose([0, 1040, 1800, 6000.25])),
		() => set(parameters.PAD_SEAM_FADE, choose([0, 0.002])),
		() => kernel.push([command.SEEK_PAD, slot, 0, 0, ...doubleBits(choose([0, 500.5, 1900]))]),
		() => kernel.push([command.ROLL_PAD, slot, 0, 0, ...doubleBits(choose([1 / 32, 1 / 8]))]),
		() => kernel.push([choose([command.END_ROLL, command.PAUSE_PAD, command.RESUME_PAD]), slot]),
		() => kernel.send({ type: "stop", slot }),
	])();
}

/** Plays at random. @returns what sounded, and the journal */
function perform(seed: number, blockFrames: number): { heard: Float32Array; journal: Uint32Array[] } {
	const random = new Random(seed * 7919);
	const kernel = new KernelHost({ slots: SLOTS, fadeFrames: 1 + (seed % 3) * 170 });
	kernel.journal();
	const loops = placeLoops(kernel);
	for (let slot = 0; slot < SLOTS; slot++) {
		kernel.send({ type: "load", slot, sample: loops[slot]! });
		for (const [parameter, value] of [
			[parameters.PAD_LOOP, 1],
			[parameters.PAD_SYNC, parameters.SYNC_SLICES],
			[parameters.PAD_LENGTH_BEATS, 0.5],
		] as const)
			kernel.send({ type: "set", slot, parameter, value });
		sendSlices(kernel, slot, slicesAt([0, 500, 1100, 1500], 2_000, 80));
		kernel.send({ type: "press", slot, velocity: 1 });
	}
	const heard: number[] = [];
	for (let moment = 0; moment < MOMENTS; moment++) {
		for (let count = Math.floor(random.next() * 4); count > 0; count--) act(kernel, random, loops, heard.length / 2);
		if (moment % 16 === 15) kernel.send({ type: "stopAll" });
		for (const value of kernel.render(500 + Math.floor(random.next() * 4000), blockFrames)) heard.push(value);
	}
	expect(kernel.status(layout.STATUS_INVALID_COMMANDS)).toBe(0);
	return { heard: Float32Array.from(heard), journal: kernel.journal() };
}

test("nothing that slices do depends on the block length", () => {
	for (const seed of SEEDS) {
		const { heard } = perform(seed, 128);
		for (const blockFrames of [1, 37 * seed, 2048])
			expect(firstDifference(perform(seed, blockFrames).heard, heard), `seed ${seed}`).toBe(-1);
		expect(heard.some((value) => Math.abs(value) > 0.1)).toBe(true);
	}
});

test("from the last silence before any frame on, slices are replayed to the bit, with other blocks, handles and addresses", () => {
	let laterSilences = 0;
	for (const seed of SEEDS) {
		const { heard, journal } = perform(seed, 128);
		for (const share of [0, 0.3, 0.6, 0.9]) {
			const frames = heard.length / 2;
			const part = sinceSilence(journal, Math.floor(share * frames));
			if (part.silentFrame > 0) laterSilences += 1;
			const other = new KernelHost({ slots: SLOTS, fadeFrames: 1 + (seed % 3) * 170 });
			other.place(noise(1234, 1), 1);
			const samples = new Map(placeLoops(other).map((sample, index) => [index + 1, sample]));
			const how = { blockFrames: 1 + 83 * seed, sendsAhead: share < 0.5, samples };
			const again = replay(other, part, frames - part.silentFrame, how);
			expect(firstDifference(again, heard.subarray(part.silentFrame * 2)), `seed ${seed}`).toBe(-1);
		}
	}
	expect(laterSilences).toBeGreaterThan(10);
});

test("a full journal's next silence restates slices, in as many blocks as it takes", () => {
	const kernel = new KernelHost({ slots: 256 });
	const sample = kernel.place(noise(2 * 3000, 1), 2);
	const onsets = Array.from({ length: 128 }, (_, index) => 20 * index);
	for (let slot = 0; slot < 256; slot++) {
		kernel.send({ type: "load", slot, sample });
		sendSlices(kernel, slot, slicesAt(onsets, 3000));
		kernel.renderBlock(1);
	}
	expect(kernel.status(layout.STATUS_JOURNAL_LOST)).toBeGreaterThan(0);
	const restated: Uint32Array[] = [];
	kernel.journal();
	for (let block = 0; block < 8 && !restated.some((entry) => typeOf(entry) === command.SILENT); block++) {
		kernel.renderBlock(1);
		restated.push(...kernel.journal());
	}
	expect(restated.filter((entry) => typeOf(entry) === command.SET_SLICES)).toHaveLength(256 * 64);
	expect(restated.filter((entry) => typeOf(entry) === command.SILENT)).toHaveLength(1);
	expect(typeOf(restated.at(-1)!)).toBe(command.SILENT);
	expect(kernel.status(layout.STATUS_INVALID_COMMANDS)).toBe(0);
});
