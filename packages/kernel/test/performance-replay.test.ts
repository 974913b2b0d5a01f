import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as message from "../../engine/src/protocol/commands.ts";
import * as layout from "../../engine/src/protocol/layout.ts";
import { frameOf, replay } from "./journal-replay.ts";
import { KernelHost, type KernelOptions, type PlacedSample, play } from "./kernel-host.ts";
import { commandsFrom, kernelOptions, noises, performances, placeRecordings, type Scene } from "./performance.ts";
import { bitsOf, constant, firstDifference, noise } from "./signals.ts";

const SEED = 0x4e_c0_4d;
const live = new KernelHost();
const other = new KernelHost();

const types = (journal: readonly Uint32Array[]): number[] => journal.map((command) => command[0] ?? -1);

/** The samples at addresses and handles that the recorded kernel did not have, by the handles that it had. */
function placeElsewhere(kernel: KernelHost): Map<number, PlacedSample> {
	kernel.place(noise(1234, 1), 1);
	return new Map(placeRecordings(kernel).map((sample, index) => [index + 1, sample]));
}

/** Plays the scenes and commands from one frame to another. @returns what sounded in between, and the journal */
function perform(
	script: readonly Scene[],
	how: KernelOptions,
	{ from, to, blockFrames }: { from: number; to: number; blockFrames: number },
): { heard: Float32Array; journal: Uint32Array[] } {
	live.restart(how);
	live.setHeader(layout.HEADER_RECORDING, 0);
	live.journal();
	placeRecordings(live);
	const heard: number[] = [];
	let frame = 0;
	const renderTo = (target: number): void => {
		const rendered = live.render(target - frame, blockFrames);
		if (frame >= from && frame < to) for (const value of rendered) heard.push(value);
		frame = target;
	};
	let startFrame = 0;
	for (const scene of script) {
		for (const command of commandsFrom(scene, startFrame)) live.send(command);
		const end = startFrame + scene.frames;
		for (const moment of [from, to]) {
			if (moment < frame || moment >= end) continue;
			renderTo(moment);
			live.togglePerformance();
		}
		renderTo(end);
		startFrame = end;
	}
	live.renderBlock(1);
	return { heard: Float32Array.from(heard), journal: live.journal() };
}

const lengthOf = (script: readonly Scene[]): number => script.reduce((sum, scene) => sum + scene.frames, 0);

test("a recording begun at any frame replays to the bit, with other blocks, handles and addresses", () => {
	const moments = fc.tuple(fc.nat({ max: 5 }), fc.constantFrom(0, 1, 50, 128, 700, 3000));
	const blocks = fc.integer({ min: 1, max: layout.MAX_BLOCK_FRAMES });
	let restoredVoices = 0;
	let restoredTails = 0;
	let restoredRamps = 0;
	fc.assert(
		fc.property(
			performances(noises),
			kernelOptions,
			fc.tuple(moments, moments),
			blocks,
			blocks,
			fc.boolean(),
			(script, how, cuts, block, otherBlock, sendsAhead) => {
				const [from = 0, to = 0] = cuts
					.map(([scene, frames]) => Math.min(lengthOf(script.slice(0, scene)) + frames, lengthOf(script) - 1))
					.toSorted((a, b) => a - b);
				const { heard, journal } = perform(script, how, { from, to, blockFrames: block });
				expect(journal[0]?.[0]).toBe(message.RESTORE_BEGIN);
				expect(journal.at(-1)?.[0]).toBe(message.RECORDING_END);
				expect([frameOf(journal[0]!), frameOf(journal.at(-1)!)]).toEqual([from, to]);
				other.restart(how);
				const samples = placeElsewhere(other);
				const replayed = replay(other, journal, { blockFrames: otherBlock, sendsAhead, samples });
				expect(firstDifference(replayed, heard)).toBe(-1);
				expect(other.status(layout.STATUS_INVALID_COMMANDS)).toBe(0);
				expect(other.status(layout.STATUS_LATE_COMMANDS)).toBe(0);
				const kinds = types(journal);
				if (kinds.includes(message.RESTORE_VOICE)) restoredVoices++;
				if (kinds.includes(message.RESTORE_TAIL)) restoredTails++;
				const gain = journal.find(([type]) => type === message.RESTORE_GAIN);
				if (gain && (gain[message.RESTORE_GAIN_POSITION / 4] ?? 0) < how.fadeFrames) restoredRamps++;
			},
		),
		{ seed: SEED, numRuns: 600 },
	);
	// The property says something only if recordings began in the midst of voices, fades and ramps.
	expect(restoredVoices).toBeGreaterThan(50);
	expect(restoredTails).toBeGreaterThan(50);
	expect(restoredRamps).toBeGreaterThan(10);
});

test("a voice of a sample that its slot no longer holds is restored, and its handle retired when it ends", () => {
	const [older, newer] = [noise(2 * 1000, 1), noise(2 * 1000, 2)].map((samples) => live.place(samples, 2));
	live.restart();
	live.journal();
	live.setHeader(layout.HEADER_RECORDING, 0);
	live.send({ type: "load", slot: 0, sample: older! });
	live.send(play(0));
	live.render(100);
	live.send({ type: "load", slot: 0, sample: newer! });
	live.render(1);
	live.togglePerformance();
	live.render(1000);
	live.togglePerformance();
	live.renderBlock(0);
	const journal = live.journal();

	const kernel = new KernelHost();
	const samples = new Map([older!, newer!].map((sample) => [sample.handle, kernel.place(sample.samples, 2)]));
	kernel.send({ type: "load", slot: 5, sample: samples.get(newer!.handle)! });
	const rendered = replay(kernel, journal, { blockFrames: 77, sendsAhead: false, samples });
	expect(bitsOf(rendered.subarray(0, 899 * 2))).toEqual(bitsOf(older!.samples.subarray(101 * 2)));
	expect(kernel.retired()).toEqual([samples.get(older!.handle)!.handle]);
});

test("a recording that is started and stopped between two blocks is empty; one restarted so is two", () => {
	const kernel = new KernelHost();
	kernel.renderBlock(10);
	kernel.togglePerformance();
	kernel.togglePerformance();
	kernel.renderBlock(10);
	const { RESTORE_BEGIN, RESTORE_GAIN, RECORDING_END } = message;
	const empty = [RESTORE_BEGIN, RESTORE_GAIN, RECORDING_END];
	expect(types(kernel.journal())).toEqual(empty);
	kernel.togglePerformance();
	kernel.renderBlock(10);
	kernel.togglePerformance();
	kernel.togglePerformance();
	kernel.renderBlock(10);
	kernel.togglePerformance();
	kernel.renderBlock(10);
	const journal = kernel.journal();
	expect(types(journal)).toEqual([...empty, ...empty]);
	expect(journal.filter(([type]) => type !== RESTORE_GAIN).map(frameOf)).toEqual([20, 30, 30, 40]);
});

test("without a recording nothing is written into the journal", () => {
	const kernel = new KernelHost();
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2, 1), 2) });
	kernel.send(play(0));
	kernel.render(500);
	expect(kernel.journal()).toEqual([]);
	expect(kernel.words[layout.JOURNAL_WRITE / 4]).toBe(0);
});

test("each command is written with the frame of its effect, in the order of the effects", () => {
	const kernel = new KernelHost();
	kernel.setClock(0xffff_ff80, 1);
	kernel.togglePerformance();
	const start = 2 ** 33 - 128;
	kernel.send({ type: "load", slot: 3, sample: kernel.place(constant(2, 1), 2) });
	kernel.send({ ...play(3, 0.5, true), atFrame: start + 200 });
	kernel.send({ type: "stop", slot: 3, atFrame: start + 100 });
	kernel.send({ ...play(3, 0.25), atFrame: 5 }); // late
	kernel.send({ type: "gain", decibels: -6 });
	kernel.push([message.PLAY_SAMPLE, 99, 0, 0]); // skipped
	kernel.render(256);
	kernel.send({ type: "unload", slot: 3 });
	kernel.send({ type: "stopAll" });
	kernel.render(1);
	const commands = kernel.journal().filter(([type = 0]) => (type & message.AT_FRAME) !== 0);
	expect(
		commands.map((command) => [(command[0] ?? 0) & ~message.AT_FRAME, command[1], frameOf(command) - start]),
	).toEqual([
		[message.LOAD_SAMPLE, 3, 0],
		[message.PLAY_SAMPLE, 3, 0],
		[message.SET_MASTER_GAIN, 0, 0],
		[message.STOP_SAMPLE, 3, 100],
		[message.PLAY_SAMPLE, 3, 200],
		[message.UNLOAD_SAMPLE, 3, 256],
		[message.STOP_ALL, 0, 256],
	]);
});

test("what is due with the first frame behind a block belongs to the next block and to the recording that begins there", () => {
	const kernel = new KernelHost();
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2, 1), 2) });
	kernel.send({ ...play(0), atFrame: 128 });
	kernel.togglePerformance();
	kernel.renderBlock(128);
	expect(kernel.status(layout.STATUS_ACTIVE_VOICES)).toBe(0);
	kernel.togglePerformance();
	kernel.togglePerformance();
	kernel.renderBlock(128);
	const journal = kernel.journal();
	const second = types(journal).lastIndexOf(message.RESTORE_BEGIN);
	expect(types(journal.slice(0, second))).not.toContain(message.PLAY_SAMPLE | message.AT_FRAME);
	expect(types(journal.slice(second))).toContain(message.PLAY_SAMPLE | message.AT_FRAME);
});

test("a full journal keeps what it has, counts what it loses, and counts anew in the next recording", () => {
	const kernel = new KernelHost();
	kernel.togglePerformance();
	kernel.renderBlock(1);
	const restoring = kernel.words[layout.JOURNAL_WRITE / 4]!;
	for (let sent = 0; sent < layout.JOURNAL_ENTRIES; sent += 1024) {
		for (let command = 0; command < 1024; command++) kernel.send({ type: "stop", slot: command % 32 });
		kernel.renderBlock(1);
	}
	expect(kernel.status(layout.STATUS_JOURNAL_LOST)).toBe(restoring);
	const journal = kernel.journal();
	expect(journal.length).toBe(layout.JOURNAL_ENTRIES);
	expect(journal[0]?.[0]).toBe(message.RESTORE_BEGIN);
	const before = kernel.words.slice(layout.STATUS / 4 + 16, layout.STATUS / 4 + 32);
	kernel.togglePerformance();
	kernel.renderBlock(1);
	expect(types(kernel.journal())).toEqual([message.RECORDING_END]);
	expect(kernel.status(layout.STATUS_JOURNAL_LOST)).toBe(restoring);
	kernel.togglePerformance();
	kernel.renderBlock(1);
	expect(kernel.status(layout.STATUS_JOURNAL_LOST)).toBe(0);
	expect(kernel.words.slice(layout.STATUS / 4 + 16, layout.STATUS / 4 + 32)).toEqual(before);
});

test("a tail as long as its buffer is restored whole, from wherever it stands", () => {
	for (const elapsed of [0, 5001]) {
		const how = { fadeFrames: layout.TAIL_FRAMES };
		live.restart(how);
		live.setHeader(layout.HEADER_RECORDING, 0);
		live.journal();
		const sample = live.place(noise(2 * 9000, 8), 2);
		live.render(elapsed);
		live.send({ type: "load", slot: 0, sample });
		live.send(play(0, 1, true));
		live.render(1);
		live.send({ type: "stopAll" });
		live.renderBlock(0);
		live.togglePerformance();
		const heard = live.render(layout.TAIL_FRAMES + 10);
		live.togglePerformance();
		live.renderBlock(0);
		other.restart(how);
		const samples = new Map([[sample.handle, other.place(sample.samples, 2)]]);
		const replayed = replay(other, live.journal(), { blockFrames: 500, sendsAhead: true, samples });
		expect(bitsOf(replayed)).toEqual(bitsOf(heard));
		expect(heard.subarray(layout.TAIL_FRAMES * 2 - 100, layout.TAIL_FRAMES * 2).some((value) => value !== 0)).toBe(
			true,
		);
	}
});

test("restoring lets go of what the silenced voices alone held", () => {
	const kernel = new KernelHost();
	const [older, newer] = [1, 2].map((seed) => kernel.place(noise(2 * 1000, seed), 2));
	kernel.send({ type: "load", slot: 0, sample: older! });
	kernel.send(play(0));
	kernel.send({ type: "load", slot: 0, sample: newer! });
	kernel.send(play(0));
	kernel.renderBlock(1);
	kernel.push([message.RESTORE_BEGIN]);
	kernel.renderBlock(1);
	expect(kernel.retired()).toEqual([older!.handle]);
});

test("restoring silences what sounds, fades and waits, and keeps the slots", () => {
	const kernel = new KernelHost({ fadeFrames: 500 });
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2 * 4000, 1), 2) });
	kernel.send({ type: "load", slot: 1, sample: kernel.place(constant(2 * 4000, 1), 2) });
	kernel.send(play(0, 1, true));
	kernel.send(play(1, 1, true));
	kernel.render(10);
	kernel.send({ type: "stop", slot: 1 });
	kernel.send({ ...play(0), atFrame: 30 });
	kernel.render(10);
	kernel.push([message.RESTORE_BEGIN]);
	expect(kernel.render(500)).toEqual(constant(1000, 0));
	expect(kernel.timedWaiting(0)).toBe(0);
	kernel.send(play(0));
	expect(kernel.render(1)).toEqual(constant(2, 1));
	expect(kernel.retired()).toEqual([]);
});
