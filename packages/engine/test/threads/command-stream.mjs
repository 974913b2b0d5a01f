// Commands of every kind for the kernel, from three producers, written without allocation.

import { PLAY_LOOPING } from "../../dist/protocol/commands.js";
import * as layout from "../../dist/protocol/shared-memory.js";
import { ControlRing } from "../../dist/rings/control-ring.js";
import { RetirementRing } from "../../dist/rings/retirement-ring.js";

const SLOTS = 32;
const HANDLES = 64;
const SAMPLES = 8;
/** Length of the shortest sample. */
const SAMPLE_FRAMES = 1500;

/** A load's arguments, filled in anew for each. */
const sample = { handle: 0, address: 0, frames: 0, channels: 0 };
// The null makes V8 keep each number as an object of its own, so that handing one over makes none.
const VELOCITIES = [0.125, 0.5, 0.03125, 1, null];
const DECIBELS = [-6.5, -0.25, -12.75, -3.5, null];

/** A timed command's frame lies from EARLIEST to EARLIEST + FRAMES_AHEAD after the next block's first. */
const EARLIEST = -256;
const FRAMES_AHEAD = 4096;

/** What a band of impatient players sends, seeded: up to seven commands per block. */
export class CommandStream {
	/** One a producer: the control thread and two streams. */
	#rings;
	#retirement;
	/** State of the random numbers. */
	#random = new Int32Array(1);
	#freeHandles = Int32Array.from({ length: HANDLES }, (_, index) => index + 1);
	#freeCount = HANDLES;
	/** Commands written and commands refused, by kind. */
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

	/** @param {import("../../dist/memory/engine-memory.js").EngineMemory} memory @param {number} seed - not 0 */
	constructor(memory, seed) {
		this.#rings = [0, 1, 2].map((ring) => new ControlRing(memory.buffer, ring));
		this.#retirement = new RetirementRing(memory.words);
		this.#words = memory.words;
		this.#random[0] = seed;
		writeSamples(memory);
	}

	/** Commands written and commands read from the journal since the counts were last set to 0. */
	get counts() {
		return { ...this.#counts };
	}

	resetCounts() {
		for (const kind of Object.keys(this.#counts)) this.#counts[kind] = 0;
	}

	/** Sends a block's commands and reads what the kernel gives back. Does not allocate. @param frame - the block's first */
	sendSome(frame) {
		this.#readJournal();
		for (let handle = this.#retirement.read(); handle !== 0; handle = this.#retirement.read()) {
			this.#freeHandles[this.#freeCount] = handle;
			this.#freeCount += 1;
		}
		for (let command = this.#below(8); command > 0; command--) {
			this.#sendOne(this.#rings[this.#below(3)], frame);
		}
	}

	#readJournal() {
		const written = Atomics.load(this.#words, layout.JOURNAL_WRITE / 4);
		this.#counts.journal += (written - this.#words[layout.JOURNAL_READ / 4]) | 0;
		Atomics.store(this.#words, layout.JOURNAL_READ / 4, written);
	}

	#sendOne(ring, frame) {
		const slot = this.#below(SLOTS);
		const counts = this.#counts;
		const choice = this.#below(1024);
		let isSent = true;
		if (choice < 700) {
			isSent = ring.playSample(slot, VELOCITIES[choice & 3], (choice & 4) === 0 ? 0 : PLAY_LOOPING);
			counts.plays += 1;
		} else if (choice < 720) {
			const atFrame = Math.max(0, frame + EARLIEST + this.#below(FRAMES_AHEAD));
			isSent = ring.playSample(slot, VELOCITIES[choice & 3], 0, atFrame);
			counts.timedPlays += 1;
		} else if (choice < 740) {
			isSent = ring.stopSample(slot, Math.max(0, frame + EARLIEST + this.#below(FRAMES_AHEAD)));
			counts.timedStops += 1;
		} else if (choice < 800) {
			isSent = ring.stopSample(slot);
			counts.stops += 1;
		} else if (choice < 950) {
			isSent = this.#load(ring, slot);
		} else if (choice < 960) {
			isSent = ring.unloadSample(slot);
			counts.unloads += 1;
		} else if (choice < 961) {
			isSent = ring.stopAll();
			counts.stopAlls += 1;
		} else {
			isSent = ring.setMasterGain(DECIBELS[choice & 3]);
			counts.gains += 1;
		}
		if (!isSent) counts.refused += 1;
	}

	#load(ring, slot) {
		if (this.#freeCount === 0) return true;
		this.#freeCount -= 1;
		const kind = this.#below(SAMPLES);
		sample.handle = this.#freeHandles[this.#freeCount];
		sample.address = sampleAddress(kind);
		sample.frames = SAMPLE_FRAMES * (kind + 1);
		sample.channels = 1 + (kind & 1);
		this.#counts.loads += 1;
		return ring.loadSample(slot, sample);
	}

	/** A whole number, 0..count-1. Source: G. Marsaglia, "Xorshift RNGs" (2003), shifts 13, 17, 5. */
	#below(count) {
		let state = this.#random[0];
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		this.#random[0] = state;
		return (state >>> 1) % count;
	}
}

/** Where a sample's frame 0 lies: each has room for twice the longest, guard frames included. */
function sampleAddress(kind) {
	return layout.PCM_HEAP + 2 ** 17 * kind + 1024;
}

/** Fills the PCM heap with a slow ramp, so that every sample sounds. */
function writeSamples(memory) {
	const end = sampleAddress(SAMPLES);
	if (!memory.growTo(end)) throw new Error("the engine memory does not grow");
	const pcm = new Float32Array(memory.memory.buffer, layout.PCM_HEAP, (end - layout.PCM_HEAP) / 4);
	for (const index of pcm.keys()) pcm[index] = ((index % 997) - 498) / 4096;
}
