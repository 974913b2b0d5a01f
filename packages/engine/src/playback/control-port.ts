import * as command from "../protocol/commands.ts";
import type { ControlRing } from "../rings/control-ring.ts";
import { TIMED } from "../rings/moment.ts";
import { type KeptCommand, keyOf, rankOf } from "./kept-command.ts";

const TRIGGER_PATIENCE_MS = 500;
/** Of a trigger within `TRIGGER_PATIENCE_MS` of a `resume`, before or after it: that gesture waits for its sound. */
const RESUMING_TRIGGER_PATIENCE_MS = 2000;

/**
 * The control thread's way to the audio thread: straight into the ring while that runs; while it is suspended nothing
 * drains the ring, so only what still matters at the end is kept here: a slot's newest sample, the latest value of each parameter, whether the transport runs and where it was moved to,
 * the last trigger, the last stop of each slot. The frame clock stands still meanwhile, so frames keep their meaning.
 *
 * While an output starts that loses its first frames, `holdTriggers` keeps triggers without a frame here, the latest of each
 * slot, and with them what follows them. Everything else flows.
 *
 * Thread: control.
 */
export class ControlPort {
	readonly #ring: ControlRing;
	readonly #now: () => number;
	readonly #discard: (words: Int32Array) => void;
	/** In the order in which they are sent within their rank. */
	readonly #kept: Map<number, KeptCommand> = new Map();
	#resumedAtMilliseconds = -Infinity;
	#isFlowing = false;
	#holdsTriggers = false;

	/** @param discard - takes what will not be sent any more: a sample that a newer one has overtaken, a trigger that nothing plays */
	constructor(ring: ControlRing, now: () => number, discard: (words: Int32Array) => void) {
		this.#ring = ring;
		this.#now = now;
		this.#discard = discard;
	}

	/** From here on commands are kept back. */
	hold(): void {
		this.#isFlowing = false;
		this.#holdsTriggers = false;
		const triggers = [...this.#kept.keys()].filter((key) => this.#kept.get(key)?.rank === "trigger");
		for (const key of triggers.slice(0, -1)) this.#drop(key);
	}

	/** Sends what was kept back, but for triggers that `holdTriggers` keeps. @returns false when the ring took only a part; call again. */
	release(): boolean {
		if (!this.#isFlowing) this.#forgetOldTriggers();
		this.#isFlowing = this.#sendKept("state") && this.#sendTriggers();
		return this.#isFlowing;
	}

	/** From here on triggers without a frame are kept back, whatever else flows. */
	holdTriggers(): void {
		this.#holdsTriggers = true;
	}

	/** Sends the triggers that were kept back. @returns false when the ring took only a part; call again. */
	releaseTriggers(): boolean {
		this.#holdsTriggers = false;
		const isDone = !this.#isFlowing || this.#sendTriggers();
		this.#holdsTriggers = !isDone;
		return isDone;
	}

	/** Notes that the platform is asked for sound now. */
	noteResume(): void {
		const now = this.#now();
		this.#resumedAtMilliseconds = now;
		for (const kept of this.#kept.values()) {
			if (now - kept.atMilliseconds < TRIGGER_PATIENCE_MS) kept.patienceMilliseconds = RESUMING_TRIGGER_PATIENCE_MS;
		}
	}

	/** False while the ring is full and no room can be made in it. */
	get canSend(): boolean {
		return this.hasRoomFor(1, false);
	}

	/** How many more commands with a frame of their own may wait, those kept here counted. */
	get timedRoom(): number {
		return this.#ring.timedRoom - this.#timedKept;
	}

	get #timedKept(): number {
		return [...this.#kept.values()].filter(({ isTimed }) => isTimed).length;
	}

	/** True while the audio thread is suspended. */
	get isHeld(): boolean {
		return !this.#isFlowing;
	}

	/** Whether so many commands can be sent one after the other. Makes room first where that is possible. */
	hasRoomFor(count: number, isTimed: boolean): boolean {
		const keptCount = isTimed ? this.#timedKept : 0;
		if (isTimed && !this.#ring.hasTimedRoomFor(count + keptCount)) return false;
		return !this.#isFlowing || this.#ring.hasRoomFor(count);
	}

	/**
	 * Sends a command, or keeps it.
	 *
	 * @param words - COMMAND_BYTES / 4, not kept
	 * @returns false, with nothing changed, when the ring is full or takes no more timed commands.
	 */
	send(words: Int32Array): boolean {
		const type = words[command.COMMAND_TYPE / 4] ?? 0;
		const slot = words[command.COMMAND_SLOT / 4] ?? 0;
		if (this.#keeps(type, slot)) {
			if (!this.#keep(words, type)) return false;
		} else if (!this.#ring.send(words)) return false;
		this.#supersede(type, slot, words[command.VOICE_NUMBER / 4] ?? 0);
		return true;
	}

	#keeps(type: number, slot: number): boolean {
		if (!this.#isFlowing) return true;
		switch (rankOf(type)) {
			case "state":
				return false;
			case "trigger":
				return this.#holdsTriggers && (type & TIMED) === 0;
			case "follower":
				return this.#kept.has(keyOf(command.PRESS, slot));
		}
	}

	#keep(words: Int32Array, type: number): boolean {
		const key = keyOf(type, words[command.COMMAND_SLOT / 4] ?? 0, (words[command.COMMAND_ARGUMENTS / 4] ?? 0) >>> 0);
		const rank = rankOf(type);
		const isTimed = (type & TIMED) !== 0;
		const older = this.#kept.get(key);
		if (type === command.SET_SLICES && isFirst(words)) this.#forgetSlices(words[command.COMMAND_SLOT / 4] ?? 0);
		if (isTimed && older?.isTimed !== true && this.timedRoom <= 0) return false;
		if (type === command.LOAD_SAMPLE || rank === "trigger") this.#drop(key);
		if (rank === "trigger" && !this.#isFlowing) this.#forgetTriggers();
		const now = this.#now();
		const isResuming = now - this.#resumedAtMilliseconds < TRIGGER_PATIENCE_MS;
		const patienceMilliseconds = isResuming ? RESUMING_TRIGGER_PATIENCE_MS : TRIGGER_PATIENCE_MS;
		// What follows a trigger keeps its place; anything else is sent in the order of its latest.
		if (rank !== "follower") this.#kept.delete(key);
		this.#kept.set(key, { words: words.slice(), rank, isTimed, atMilliseconds: now, patienceMilliseconds });
		return true;
	}

	/** Forgets what a command that has been sent or kept makes void. */
	#supersede(type: number, slot: number, voice: number): void {
		switch (type) {
			case command.PRESS:
			case command.PLAY_SAMPLE:
				// It would follow the newer trigger and end that.
				this.#kept.delete(keyOf(command.RELEASE, slot));
				break;
			case command.STOP_ALL:
				for (const [key, { rank }] of this.#kept) if (rank !== "state") this.#drop(key);
				break;
			case command.UNLOAD_SAMPLE: {
				this.#drop(keyOf(command.LOAD_SAMPLE, slot));
				this.#drop(keyOf(command.PRESS, slot));
				break;
			}
			case command.STOP_VOICE:
				for (const [key, { rank, words }] of this.#kept) {
					if (rank === "trigger" && words[command.PLAY_VOICE / 4] === voice) this.#drop(key);
				}
				break;
			case command.STOP_SAMPLE:
			case command.STOP_PAD:
				this.#drop(keyOf(command.PRESS, slot));
				break;
		}
	}

	/** Forgets a command that is not sent any more. */
	#drop(key: number): void {
		const kept = this.#kept.get(key);
		if (kept === undefined) return;
		this.#kept.delete(key);
		this.#discard(kept.words);
	}

	/** Slices replace all those that the pad had. */
	#forgetSlices(slot: number): void {
		for (const [key, { words }] of this.#kept) {
			const [type, of] = words;
			if (type === command.SET_SLICES && of === slot) this.#kept.delete(key);
		}
	}

	#forgetTriggers(): void {
		for (const [key, { rank }] of this.#kept) if (rank === "trigger") this.#drop(key);
	}

	#forgetOldTriggers(): void {
		const now = this.#now();
		for (const [key, { rank, atMilliseconds, patienceMilliseconds }] of this.#kept) {
			if (rank === "trigger" && now - atMilliseconds >= patienceMilliseconds) this.#drop(key);
		}
	}

	/** The triggers come last, because they may need what else was kept. */
	#sendTriggers(): boolean {
		return this.#sendKept("trigger") && this.#sendKept("follower");
	}

	/** Each leaves only when the ring has taken it. */
	#sendKept(wanted: KeptCommand["rank"]): boolean {
		for (const [key, { words, rank }] of this.#kept) {
			if (rank !== wanted || (rank !== "state" && this.#isHeld(words))) continue;
			if (!this.#ring.send(words)) return false;
			this.#kept.delete(key);
		}
		return true;
	}

	/** Whether it is a held trigger, or follows one. */
	#isHeld(words: Int32Array): boolean {
		if (!this.#holdsTriggers) return false;
		const trigger = this.#kept.get(keyOf(command.PRESS, words[command.COMMAND_SLOT / 4] ?? 0));
		return trigger !== undefined && !trigger.isTimed;
	}
}

/** Whether it carries the first of a pad's slices. */
function isFirst(words: Int32Array): boolean {
	return ((words[command.SLICES_FIRST / 4] ?? 0) & 255) === 0;
}
