// What performers do with pads and the transport, written without allocation.
import * as parameters from "../../dist/protocol/parameters.js";
import { CommandWriter } from "../../dist/rings/command-writer.js";
import { ControlRing } from "../../dist/rings/control-ring.js";
import { IMMEDIATELY, onLine } from "../../dist/rings/moment.js";

const SLOTS = 32;
const PRODUCER = 3;

// The null makes V8 store boxed numbers, so that passing one allocates nothing.
const BEATS = [1 / 32, 0.25, 0.5, 1.5, null];
const FRAMES = [0.5, 100.25, 999.5, 1400.75, null];
const NUDGES = [0.25, -0.125, 0.5, -1.5, null];
const VELOCITIES = [0.125, 0.5, 0.03125, 1, null];
// Of a whole quantum: the writer, which runs on the control thread, may box another.
const LINE = onLine(1);

/** Parameters, and four values of each. */
const SETTINGS = [
	[parameters.PAD_LOOP, [0.0, 1.0, 1.0, 1.0, null]],
	[parameters.PAD_LAUNCH_MODE, [0.0, 1.0, 2.0, 3.0, null]],
	[parameters.PAD_SPEED, [0.5, 1.03, 1.2, 3.7, null]],
	[parameters.PAD_SEMITONES, [0.5, -7.5, 0.0, 12.5, null]],
	[parameters.PAD_REVERSE, [0.0, 1.0, 0.0, 0.0, null]],
	[parameters.PAD_LOOP_START, [0.5, 100.5, 0.0, 0.0, null]],
	[parameters.PAD_LOOP_END, [1400.5, 1200.25, 0.0, 0.0, null]],
	[parameters.PAD_SEAM_FADE, [0.0, 0.003, 0.001, 0.0, null]],
	[parameters.PAD_SYNC, [0.0, 1.0, 1.0, 2.0, null]],
	[parameters.PAD_LENGTH_BEATS, [0.0, 0.25, 0.5, 1 / 3, null]],
	[parameters.PAD_LAUNCH_QUANTUM, [0.0, -1.0, 0.25, 0.5, null]],
	[parameters.PAD_STOP_QUANTUM, [0.0, -1.0, 0.25, 0.5, null]],
	[parameters.PAD_RETRIGGER, [0.0, 1.0, 0.0, 1.0, null]],
	[parameters.PAD_LEGATO, [0.0, 1.0, 0.0, 1.0, null]],
	[parameters.PAD_CHOKE_GROUP, [0.0, 1.0, 2.0, 0.0, null]],
	[parameters.PAD_MUTE, [0.0, 1.0, 0.0, 0.0, null]],
	[parameters.PAD_SOLO, [0.0, 1.0, 0.0, 0.0, null]],
	[parameters.PAD_CUE, [0.0, 1.0, 0.0, 1.0, null]],
	[parameters.PAD_GAIN, [0.0, -6.5, -0.5, -200.5, null]],
	[parameters.PAD_PAN, [0.0, -0.5, 0.25, 1.0, null]],
	[parameters.PAD_EQ_LOW, [0.0, 3.5, -200.5, 0.0, null]],
	[parameters.PAD_EQ_MID, [0.0, -3.5, 0.5, 0.0, null]],
	[parameters.PAD_EQ_HIGH, [0.0, 1.5, -200.5, 0.0, null]],
	[parameters.TRANSPORT_TEMPO, [97.5, 120.0, 133.25, 171.5, null]],
	[parameters.TRANSPORT_METRONOME, [0.0, 1.0, 0.0, 1.0, null]],
	[parameters.MASTER_LIMITER, [0.0, 1.0, 0.0, 1.0, null]],
];

/** Seeded commands to pads and transport: up to three per block. */
export class PadStream {
	#writer;
	/** State of the random number generator. */
	#random = new Int32Array(1);
	/** Commands written and rejected, by kind. */
	#counts = { presses: 0, releases: 0, padStops: 0, moves: 0, rolls: 0, transport: 0, settings: 0, refused: 0 };

	/** @param {import("../../dist/threading/shared-threading.js").SharedThreading} threading @param {number} seed - not 0 */
	constructor({ memory }, seed) {
		const ring = new ControlRing(memory.buffer, PRODUCER);
		this.#writer = new CommandWriter((command) => ring.send(command));
		this.#random[0] = seed;
	}

	/** Commands written since the counts were reset. */
	get counts() {
		return { ...this.#counts };
	}

	resetCounts() {
		for (const kind of Object.keys(this.#counts)) this.#counts[kind] = 0;
	}

	/** Sends a block's commands. Does not allocate. */
	sendSome() {
		for (let command = this.#below(4); command > 0; command--) if (!this.#sendOne()) this.#counts.refused += 1;
	}

	#sendOne() {
		const writer = this.#writer;
		const counts = this.#counts;
		const slot = this.#below(SLOTS);
		const draw = this.#below(4);
		const line = this.#below(16) === 0 ? LINE : IMMEDIATELY;
		switch (this.#below(16)) {
			case 0:
			case 1:
			case 2:
			case 3:
				counts.presses += 1;
				return writer.press(slot, VELOCITIES[draw], line);
			case 4:
				counts.releases += 1;
				return writer.release(slot, line);
			case 5:
				counts.padStops += 1;
				return draw === 0 ? writer.cancelQueued(slot) : writer.stopPad(slot, line);
			case 6:
				counts.moves += 1;
				return draw === 0 ? writer.pausePad(slot) : writer.resumePad(slot);
			case 7:
				counts.moves += 1;
				return writer.seekPad(slot, FRAMES[draw], line);
			case 8:
				counts.rolls += 1;
				return writer.rollPad(slot, BEATS[draw], line);
			case 9:
				counts.rolls += 1;
				return writer.endRoll(slot);
			case 10:
				counts.transport += 1;
				return this.#moveTransport(draw);
			default:
				counts.settings += 1;
				return this.#set(slot, draw, line);
		}
	}

	#moveTransport(draw) {
		const writer = this.#writer;
		if (draw === 0 && this.#below(8) === 0) return writer.stopTransport();
		if (draw === 0) return writer.moveTransport(BEATS[this.#below(4)]);
		if (draw === 1) return writer.nudgeTransport(NUDGES[this.#below(4)]);
		return writer.startTransport();
	}

	#set(slot, draw, line) {
		// Not destructured: an iterator would be allocated.
		const setting = SETTINGS[this.#below(SETTINGS.length)];
		const parameter = setting[0];
		const values = setting[1];
		return this.#writer.setParameter(
			parameter >= parameters.MASTER_PARAMETER ? 0 : slot,
			parameter,
			values[draw],
			line,
		);
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
