import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as command from "../../engine/src/protocol/commands.ts";
import { MASTER_GAIN, PAD_GAIN } from "../../engine/src/protocol/parameters.ts";
import * as layout from "../../engine/src/protocol/shared-memory.ts";
import { CommandWriter } from "../../engine/src/rings/command-writer.ts";
import { ControlRing } from "../../engine/src/rings/control-ring.ts";
import { JournalRing } from "../../engine/src/rings/journal-ring.ts";
import { IMMEDIATELY } from "../../engine/src/rings/moment.ts";
import { RetirementRing } from "../../engine/src/rings/retirement-ring.ts";
import { StatusBlock } from "../../engine/src/rings/status-block.ts";
import { frameOf } from "./journal-replay.ts";
import { type Command, KernelHost, type KernelOptions } from "./kernel-host.ts";
import { commandsFrom, kernelOptions, noises, performances, placeRecordings, type Scene } from "./performance.ts";
import { firstDifference } from "./signals.ts";

const SEED = 0x10_49_5e;
const RUNS = process.env["EVERY_SUITE"] === "1" ? 150 : 40;
const RING = 3;
const kernel = new KernelHost();
const buffer = kernel.memory.buffer;
if (!(buffer instanceof SharedArrayBuffer)) throw new Error("the engine's rings lie in shared memory");
const words = new Int32Array(buffer, 0, layout.SHARED_END / 4);
const ring = new ControlRing(buffer, RING);
const writer = new CommandWriter((sent) => ring.send(sent));

/** Where a set is that has gone on for a while: its frame, and the position of every ring and count. */
interface Moment {
	readonly frame: number;
	readonly position: number;
}

/** What is heard and told of a performance, with frames counted from its start. */
interface Course {
	readonly rendered: Float32Array;
	readonly journal: readonly (readonly number[])[];
	readonly retired: readonly number[];
	readonly frames: readonly number[];
	readonly late: number;
	readonly timedRoom: number;
}

function set(address: number, value: number): void {
	Atomics.store(words, address / 4, value | 0);
}

/** Brings clock, rings and counts to the moment. */
function begin(how: KernelOptions, { frame, position }: Moment): void {
	kernel.restart(how); // forgets what waits, and counts it done
	const positions = layout.RING_POSITIONS + RING * layout.RING_POSITIONS_BYTES;
	for (const field of [layout.RING_WRITE, layout.RING_READ, layout.RING_TIMED_SENT, layout.RING_TIMED_DONE]) {
		set(positions + field, position);
	}
	for (const address of [layout.JOURNAL_WRITE, layout.JOURNAL_READ, layout.RETIREMENT_WRITE, layout.RETIREMENT_READ]) {
		set(address, position);
	}
	set(layout.STATUS + layout.STATUS_SEQUENCE, position & ~1);
	kernel.restart(how);
	placeRecordings(kernel);
	kernel.setClock(frame % 2 ** 32, Math.floor(frame / 2 ** 32));
}

/** Sends through the engine's own ring. */
function send(sent: Command): void {
	const moment = sent.atFrame ?? IMMEDIATELY;
	switch (sent.type) {
		case "load":
			writer.loadSample(sent.slot, sent.sample);
			break;
		case "play":
			writer.playSample(sent.slot, sent.velocity, sent.isLooping ? command.PLAY_LOOPING : 0, moment);
			break;
		case "stop":
			writer.stopSample(sent.slot, moment);
			break;
		case "stopAll":
			writer.stopAll(moment);
			break;
		case "unload":
			writer.unloadSample(sent.slot, moment);
			break;
		case "gain":
			if (sent.slot === undefined) writer.setParameter(0, MASTER_GAIN, sent.decibels, moment);
			else writer.setParameter(sent.slot, PAD_GAIN, sent.decibels, moment);
			break;
		case "set":
			writer.setParameter(sent.slot, sent.parameter, sent.value, moment);
			break;
		case "press":
			writer.press(sent.slot, sent.velocity, moment);
			break;
		case "release":
			writer.release(sent.slot, moment);
			break;
		case "stopPad":
			writer.stopPad(sent.slot, moment);
			break;
		case "cancelQueued":
			writer.cancelQueued(sent.slot, moment);
			break;
		case "transportStart":
			writer.startTransport(moment);
			break;
		case "transportStop":
			writer.stopTransport(moment);
			break;
		case "transportMove":
			writer.moveTransport(sent.beat, moment);
			break;
		case "transportNudge":
			writer.nudgeTransport(sent.beats, moment);
			break;
	}
}

function perform(script: readonly Scene[], how: KernelOptions, moment: Moment): Course {
	begin(how, moment);
	const status = new StatusBlock(buffer);
	const journalRing = new JournalRing(words);
	const retirement = new RetirementRing(words);
	const rendered: number[] = [];
	const frames: number[] = [];
	const retired: number[] = [];
	let startFrame = moment.frame;
	for (const scene of script) {
		for (const sent of commandsFrom(scene, startFrame, moment.frame)) send(sent);
		for (const value of kernel.render(scene.frames)) rendered.push(value);
		startFrame += scene.frames;
		frames.push(status.read().frame - moment.frame);
		for (let handle = retirement.read(); handle !== 0; handle = retirement.read()) retired.push(handle);
	}
	const { timedRoom } = ring;
	kernel.renderBlock(0);
	const journal: number[][] = [];
	for (const read = new Int32Array(layout.COMMAND_BYTES / 4); journalRing.read(read); ) {
		const entry = Uint32Array.from(read);
		const [type = 0, slot = 0, , , ...args] = entry;
		journal.push([type, slot, frameOf(entry) - moment.frame, ...args]);
	}
	return {
		rendered: Float32Array.from(rendered),
		journal,
		retired,
		frames,
		late: status.read().lateCommands,
		timedRoom,
	};
}

const edges = fc.record<Moment>({
	frame: fc
		.tuple(fc.constantFrom(2 ** 31, 2 ** 32, 2 ** 33, 2 ** 48), fc.integer({ min: 0, max: 9000 }))
		.map(([edge, before]) => edge - before),
	position: fc
		.tuple(fc.constantFrom(2 ** 31, 2 ** 32), fc.integer({ min: 0, max: 30 }))
		.map(([edge, before]) => edge - before),
});

test("a set that passes 2^31, 2^32 and higher frames and commands sounds and is told as at its start", () => {
	let passed = 0;
	fc.assert(
		fc.property(performances(noises), kernelOptions, edges, (script, how, edge) => {
			const first = perform(script, how, { frame: 0, position: 0 });
			const later = perform(script, how, edge);
			expect(firstDifference(later.rendered, first.rendered)).toBe(-1);
			expect({ ...later, rendered: null }).toEqual({ ...first, rendered: null });
			expect(later.frames.at(-1)).toBe(later.rendered.length / 2);
			if (edge.frame % 2 ** 31 !== 0 && edge.frame % 2 ** 31 > 2 ** 31 - later.rendered.length / 2) passed++;
		}),
		{ seed: SEED, numRuns: RUNS },
	);
	expect(passed).toBeGreaterThan(RUNS / 3);
});

test("commands wait across 2^32 frames and come in their order", () => {
	begin({ voices: 256 }, { frame: 2 ** 32 - 500, position: 0 });
	const pulse = kernel.place(Float32Array.of(1), 1);
	writer.loadSample(0, pulse);
	const offsets = [999, 0, 501, 499, 500, 250, 750];
	for (const offset of offsets) writer.playSample(0, 1, 0, 2 ** 32 - 500 + offset);
	writer.playSample(0, 1, 0, 2 ** 32 + 2 ** 31);
	writer.playSample(0, 1, 0, 2 ** 53 - 1);
	const rendered = kernel.render(1000);
	const heard = [...rendered.keys()].filter((index) => index % 2 === 0 && rendered[index] !== 0);
	expect(heard.map((index) => index / 2)).toEqual(offsets.toSorted((a, b) => a - b));
	expect(ring.timedRoom).toBe(layout.PRODUCER_RING_COMMANDS - 2);
	expect(new StatusBlock(buffer).read()).toMatchObject({ frame: 2 ** 32 + 500, lateCommands: 0 });
});
