// Commands of every kind for the kernel from three producers, written without allocation.

import { PLAY_LOOPING } from "../../dist/protocol/commands.js";
import { MASTER_GAIN } from "../../dist/protocol/parameters.js";
import * as layout from "../../dist/protocol/shared-memory.js";
import { CommandWriter } from "../../dist/rings/command-writer.js";
import { ControlRing } from "../../dist/rings/control-ring.js";
import { RetirementRing } from "../../dist/rings/retirement-ring.js";

const SLOTS = 32;
const HANDLES = 64;
const SAMPLES = 8;
/** Length of the shortest sample. */
const SAMPLE_FRAMES = 1500;

/** A load's arguments, reused for each load. */
const sample = { handle: 0, address: 0, frames: 0, channels: 0 };
// The null makes V8 store boxed numbers, so that passing one allocates nothing.
const VELOCITIES = [0.125, 0.5, 0.03125, 1, null];
const DECIBELS = [-6.5, -0.25, -12.75, -3.5, null];

/** A timed command's frame is EARLIEST to EARLIEST + FRAMES_AHEAD frames after the next block's first. */
const EARLIEST = -256;
const FRAMES_AHEAD = 4096;

/** Seeded commands of impatient players: up to seven per block. */
export class CommandStream {
	/** One per producer: the control thread and two streams. */
	#writers;
	#retirement;
	/** State of the random number generator. */
	#random = new Int32Array(1);
	#freeHandles = Int32Array.from({ length: HANDLES }, (_, index) => index + 1);
	#freeCount = HANDLES;
	/** Commands written and rejected, by kind. */
	#counts = {
		loads: 0,
		plays: 0,
		timedPlays: 0,
		stops: 0,
		timedStops: 0,
		stopAlls: 0,
		unloads: 0,
		gains: 0,
		journal: 0,
		refused: 0,
	};
	#words;

	/** @param {import("../../dist/threading/shared-threading.js").SharedThreading} threading @param {number} seed - not 0 */
	constructor(threading, seed) {
		const { memory } = threading;
		this.#writers = [0, 1, 2].map((index) => {
			const ring = new ControlRing(memory.buffer, index);
			return new CommandWriter((command) => ring.send(command));
		});
		this.#retirement = new RetirementRing(memory.words);
		this.#words = memory.words;
		this.#random[0] = seed;
		writeSamples(threading);
	}

	/** Commands written and read from the journal since the counts were reset. */
	get counts() {
		return { ...this.#counts };
	}

	resetCounts() {
		for (const kind of Object.keys(this.#counts)) this.#counts[kind] = 0;
	}

	/** Sends a block's commands and reads the retired handles. Does not allocate. @param frame - the block's first */
	sendSome(frame) {
		this.#readJournal();
		for (let handle = this.#retirement.read(); handle !== 0; handle = this.#retirement.read()) {
			this.#freeHandles[this.#freeCount] = handle;
			this.#freeCount += 1;
		}
		for (let command = this.#below(8); command > 0; command--) {
			this.#sendOne(this.#writers[this.#below(3)], frame);
		}
	}

	#readJournal() {
		const written = Atomics.load(this.#words, layout.JOURNAL_WRITE / 4);
		this.#counts.journal += (written - this.#words[layout.JOURNAL_READ / 4]) | 0;
		Atomics.store(this.#words, layout.JOURNAL_READ / 4, written);
	}

	#sendOne(writer, frame) {
		const slot = this.#below(SLOTS);
		const counts = this.#counts;
		const choice = this.#below(1024);
		let isSent = true;
		if (choice < 700) {
			isSent = writer.playSample(slot, VELOCITIES[choice & 3], (choice & 4) === 0 ? 0 : PLAY_LOOPING);
			counts.plays += 1;
		} else if (choice < 720) {
			const atFrame = Math.max(0, frame + EARLIEST + this.#below(FRAMES_AHEAD));
			isSent = writer.playSample(slot, VELOCITIES[choice & 3], 0, atFrame);
			counts.timedPlays += 1;
		} else if (choice < 740) {
			isSent = writer.stopSample(slot, Math.max(0, frame + EARLIEST + this.#below(FRAMES_AHEAD)));
			counts.timedStops += 1;
		} else if (choice < 800) {
			isSent = writer.stopSample(slot);
			counts.stops += 1;
		} else if (choice < 950) {
			isSent = this.#load(writer, slot);
		} else if (choice < 960) {
			isSent = writer.unloadSample(slot);
			counts.unloads += 1;
		} else if (choice < 961) {
			isSent = writer.stopAll();
			counts.stopAlls += 1;
		} else {
			isSent = writer.setParameter(0, MASTER_GAIN, DECIBELS[choice & 3]);
			counts.gains += 1;
		}
		if (!isSent) counts.refused += 1;
	}

	#load(writer, slot) {
		if (this.#freeCount === 0) return true;
		this.#freeCount -= 1;
		const kind = this.#below(SAMPLES);
		sample.handle = this.#freeHandles[this.#freeCount];
		sample.address = sampleAddress(kind);
		sample.frames = SAMPLE_FRAMES * (kind + 1);
		sample.channels = 1 + (kind & 1);
		this.#counts.loads += 1;
		return writer.loadSample(slot, sample);
	}

	/** An integer, 0..count-1. Source: G. Marsaglia, "Xorshift RNGs" (2003), shifts 13, 17, 5. */
	#below(count) {
		let state = this.#random[0];
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		this.#random[0] = state;
		return (state >>> 1) % count;
	}
}

/** Address of a sample's frame 0: each has room for twice the longest, guard frames included. */
function sampleAddress(kind) {
	return layout.PCM_HEAP + 2 ** 17 * kind + 1024;
}

/** Fills the PCM heap with a slow ramp, so that every sample sounds. */
function writeSamples({ memory, sharedMemory }) {
	const end = sampleAddress(SAMPLES);
	if (!memory.growTo(end)) throw new Error("The engine memory does not grow.");
	const pcm = new Float32Array(sharedMemory.buffer, layout.PCM_HEAP, (end - layout.PCM_HEAP) / 4);
	for (const index of pcm.keys()) pcm[index] = ((index % 997) - 498) / 4096;
}
