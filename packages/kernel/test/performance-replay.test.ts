import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as command from "../../engine/src/protocol/commands.ts";
import { MASTER_PARAMETER, MASTER_PARAMETERS_END, PAD_PARAMETERS } from "../../engine/src/protocol/parameters.ts";
import * as layout from "../../engine/src/protocol/shared-memory.ts";
import { frameOf, replay, sinceSilence, typeOf } from "./journal-replay.ts";
import { type Command, KernelHost, type KernelOptions, type PlacedSample, play, rawCommand } from "./kernel-host.ts";
import {
	commandsFrom,
	kernelOptions,
	noises,
	performances,
	placeRecordings,
	type Scene,
	stripSettings,
} from "./performance.ts";
import { constant, firstDifference, noise } from "./signals.ts";

const SEED = 0x4e_c0_4d;
const live = new KernelHost();
const other = new KernelHost();

/** The samples at addresses and handles that the first kernel did not have, by the handles that it had. */
function placeElsewhere(kernel: KernelHost): Map<number, PlacedSample> {
	kernel.place(noise(1234, 1), 1);
	return new Map(placeRecordings(kernel).map((sample, index) => [index + 1, sample]));
}

/** Plays the scenes. @returns what sounded, and the journal */
function perform(
	script: readonly Scene[],
	how: KernelOptions,
	blockFrames: number,
): { heard: Float32Array; journal: Uint32Array[] } {
	live.restart(how);
	live.journal();
	placeRecordings(live);
	const heard: number[] = [];
	let startFrame = 0;
	for (const scene of script) {
		for (const sent of commandsFrom(scene, startFrame)) live.send(sent);
		for (const value of live.render(scene.frames, blockFrames)) heard.push(value);
		startFrame += scene.frames;
	}
	return { heard: Float32Array.from(heard), journal: live.journal() };
}

/** Scenes with pauses between them that are long enough for silence. */
function withPauses(frames: number): (script: readonly Scene[]) => Scene[] {
	return (script) => script.flatMap((scene) => [scene, { commands: [{ type: "stopAll" }], frames }]);
}

/** How many replays began at a later silence, and how many in the midst of sound, of so many random ones that were right to the bit. */
function replayed(scripts: fc.Arbitrary<Scene[]>, numRuns: number): { laterSilences: number; midSound: number } {
	const blocks = fc.integer({ min: 1, max: layout.MAX_BLOCK_FRAMES });
	let laterSilences = 0;
	let midSound = 0;
	fc.assert(
		fc.property(
			scripts,
			kernelOptions,
			fc.integer({ min: 0, max: 999 }).map((thousandths) => thousandths / 1000),
			fc.tuple(blocks, blocks),
			fc.boolean(),
			(script, how, share, [block, otherBlock], sendsAhead) => {
				const { heard, journal } = perform(script, how, block);
				const frames = heard.length / 2;
				const from = Math.floor(share * (frames - 1));
				const part = sinceSilence(journal, from);
				if (part.silentFrame > 0) laterSilences++;
				if (part.silentFrame < from && heard[from * 2] !== 0) midSound++;
				other.restart(how);
				const samples = placeElsewhere(other);
				const how2 = { blockFrames: otherBlock, sendsAhead, samples };
				const again = replay(other, part, frames - part.silentFrame, how2);
				expect(firstDifference(again, heard.subarray(part.silentFrame * 2))).toBe(-1);
				expect(other.status(layout.STATUS_INVALID_COMMANDS)).toBe(0);
			},
		),
		{ seed: SEED, numRuns },
	);
	return { laterSilences, midSound };
}

test("from the last silence before any frame on, a performance is rendered to the bit, with other blocks, handles and addresses", () => {
	const { laterSilences, midSound } = replayed(performances(noises).map(withPauses(1100)), 600);
	// The property says something only if performances began in the midst of sound, and after silences.
	expect(laterSilences).toBeGreaterThan(50);
	expect(midSound).toBeGreaterThan(100);
});

test("so it is with equalizers that ring, solo and cue", () => {
	const { laterSilences, midSound } = replayed(performances(noises, stripSettings).map(withPauses(6000)), 150);
	expect(laterSilences).toBeGreaterThan(50);
	expect(midSound).toBeGreaterThan(25);
});

test("each command is written with the frame of its effect, in the order of the effects", () => {
	const kernel = new KernelHost();
	kernel.setClock(0xffff_ff80, 1);
	const start = 2 ** 33 - 128;
	kernel.send({ type: "load", slot: 3, sample: kernel.place(constant(2, 1), 2) });
	kernel.send({ ...play(3, 0.5, true), atFrame: start + 200 });
	kernel.send({ type: "stop", slot: 3, atFrame: start + 100 });
	kernel.send({ ...play(3, 0.25), atFrame: 5 }); // late
	kernel.send({ type: "gain", decibels: -6 });
	kernel.push(rawCommand(command.PLAY_SAMPLE, 99)); // skipped
	kernel.render(256);
	kernel.send({ type: "unload", slot: 3 });
	kernel.send({ type: "stopAll" });
	kernel.render(1);
	expect(kernel.journal().map((entry) => [typeOf(entry), entry[1], frameOf(entry) - start])).toEqual([
		[command.LOAD_SAMPLE, 3, 0],
		[command.PLAY_SAMPLE, 3, 0],
		[command.SET_PARAMETER, 0, 0],
		[command.STOP_SAMPLE, 3, 100],
		[command.PLAY_SAMPLE, 3, 200],
		[command.UNLOAD_SAMPLE, 3, 256],
		[command.STOP_ALL, 0, 256],
	]);
});

test("what is due with the first frame behind a block belongs to the next block", () => {
	const kernel = new KernelHost();
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2, 1), 2) });
	kernel.send({ ...play(0), atFrame: 128 });
	kernel.renderBlock(128);
	expect(kernel.status(layout.STATUS_ACTIVE_VOICES)).toBe(0);
	expect(kernel.journal().map(typeOf)).toEqual([command.LOAD_SAMPLE]);
	kernel.renderBlock(128);
	expect(kernel.journal().map(typeOf)).toContain(command.PLAY_SAMPLE);
});

const sounding: [string, readonly Command[], number][] = [
	["a voice", [play(0, 1, true)], 1],
	["a voice that fades", [play(0, 1, true), { type: "stopAll", atFrame: 100 }], 102],
	["a command that waits for its frame", [{ ...play(1), atFrame: 2 ** 40 }], 1],
];

test.each(sounding)("while there is %s, no silence is noted", (_, commands, frames) => {
	const kernel = new KernelHost();
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2 * 1000, 1), 2) });
	kernel.renderBlock(1);
	expect(kernel.journal().map(typeOf)).toEqual([command.LOAD_SAMPLE, command.SILENT]);
	for (const sent of commands) kernel.send(sent);
	kernel.render(frames);
	expect(kernel.journal().map(typeOf)).not.toContain(command.SILENT);
	kernel.send({ type: "stopAll" });
	kernel.render(239);
	const before = kernel.journal().map(typeOf);
	kernel.render(1000);
	expect([...before, ...kernel.journal().map(typeOf)].filter((type) => type === command.SILENT)).toHaveLength(1);
});

test("silence is noted once, with the block in which it began, and again after each change", () => {
	const kernel = new KernelHost();
	kernel.render(1000);
	expect(kernel.journal().map((entry) => [typeOf(entry), frameOf(entry)])).toEqual([[command.SILENT, 128]]);
	kernel.send({ type: "gain", decibels: -6 });
	kernel.render(1000);
	expect(kernel.journal().map((entry) => [typeOf(entry), frameOf(entry)])).toEqual([
		[command.SET_PARAMETER, 1000],
		[command.SILENT, 1128],
	]);
});

test("a full journal keeps what it has and counts what it loses; the next silence restates slots and parameters", () => {
	const kernel = new KernelHost();
	const sample = kernel.place(constant(2, 1), 2);
	kernel.renderBlock(1);
	for (let sent = 0; sent < layout.JOURNAL_ENTRIES + 1024; sent += 1024) {
		for (let count = 0; count < 1023; count++) kernel.send({ type: "stop", slot: count % 32 });
		kernel.send(play(7));
		kernel.renderBlock(1);
	}
	const lost = kernel.status(layout.STATUS_JOURNAL_LOST);
	expect(lost).toBeGreaterThan(0);
	expect(kernel.journal().length).toBe(layout.JOURNAL_ENTRIES);
	kernel.send({ type: "load", slot: 5, sample });
	kernel.send({ type: "gain", decibels: -3 });
	kernel.renderBlock(1);
	const restated = kernel.journal();
	expect(restated.map(typeOf)).toEqual([
		command.LOAD_SAMPLE,
		command.SET_PARAMETER,
		...Array.from({ length: 32 }, (_, slot) => [
			slot === 5 ? command.LOAD_SAMPLE : command.UNLOAD_SAMPLE,
			...Array<number>(PAD_PARAMETERS).fill(command.SET_PARAMETER),
		]).flat(),
		...Array<number>(MASTER_PARAMETERS_END - MASTER_PARAMETER).fill(command.SET_PARAMETER),
		command.SILENT,
	]);
	expect(restated.at(-1)?.[command.SILENT_LOST / 4]).toBe(lost);
	expect(kernel.status(layout.STATUS_JOURNAL_LOST)).toBe(lost);
});

test("a replay of more commands than a block may apply goes on in the next block", () => {
	const kernel = new KernelHost();
	const count = 150_000;
	const address = kernel.memory.buffer.byteLength - count * layout.COMMAND_BYTES;
	for (let index = 0; index < count; index++) {
		kernel.words.set([command.STOP_SAMPLE | command.AT_FRAME], (address + index * layout.COMMAND_BYTES) / 4);
	}
	kernel.push(rawCommand(command.START_REPLAY, 0, address, count));
	const applied: number[] = [];
	for (let block = 0; block < 4; block++) {
		const lost = kernel.status(layout.STATUS_JOURNAL_LOST);
		kernel.renderBlock(128);
		const kept = kernel.journal().filter((entry) => typeOf(entry) === command.STOP_SAMPLE).length;
		applied.push(kept + kernel.status(layout.STATUS_JOURNAL_LOST) - lost);
	}
	expect(applied).toEqual([65_536, 65_536, 18_928, 0]);
});
