import type { LoopSeam } from "../protocol/loop-seam.ts";
import { type ControlRing, IMMEDIATELY } from "../rings/control-ring.ts";

/** A sample on its way into a slot. */
export interface SampleCommand {
	readonly handle: number;
	/** Address of frame 0. */
	readonly address: number;
	readonly frames: number;
	readonly channels: 1 | 2;
	/** Null when its frames are the loop themselves. */
	readonly seam: LoopSeam | null;
}

/** A trigger that waits for the audio thread. */
interface WaitingTrigger {
	readonly velocity: number;
	readonly flags: number;
	readonly atFrame: number;
	readonly atMilliseconds: number;
	/** Age from which it is not played any more when sound resumes. */
	readonly patienceMilliseconds: number;
}

const TRIGGER_PATIENCE_MS = 500;
/** Of a trigger that came within `TRIGGER_PATIENCE_MS` of a `resume`, before or after it: that gesture waits for its sound. */
const RESUMING_TRIGGER_PATIENCE_MS = 2000;

/**
 * The control thread's way to the audio thread: straight into the ring while that runs; while it is suspended nothing
 * drains the ring, so only what still matters at the end is kept here: a slot's newest sample, the last trigger, the last stop
 * of each slot at a frame of its own. The frame clock stands still meanwhile, so their frames keep their meaning.
 *
 * While an output starts that loses its first frames, `holdTriggers` keeps triggers without a frame here, the latest of each
 * slot, and with them the stops at a frame that follow them. Everything else flows.
 *
 * Methods that return a boolean return false when the ring is full or takes no more timed commands; nothing
 * has changed then. Thread: control.
 */
export class ControlPort {
	readonly #ring: ControlRing;
	readonly #now: () => number;
	readonly #retire: (handle: number) => void;
	readonly #samples: Map<number, SampleCommand> = new Map();
	readonly #unloads: Set<number> = new Set();
	readonly #stops: Set<number> = new Set();
	/** The frame of the slot's latest stop that has one. */
	readonly #timedStops: Map<number, number> = new Map();
	#stopsAll = false;
	#gainDecibels: number | null = null;
	/** By slot, the latest last; no more than one while the audio thread is suspended. */
	readonly #triggers: Map<number, WaitingTrigger> = new Map();
	#resumedAtMilliseconds = -Infinity;
	#isFlowing = false;
	#holdsTriggers = false;

	/** @param retire - frees a sample that a newer one has overtaken before the kernel saw it */
	constructor(ring: ControlRing, now: () => number, retire: (handle: number) => void) {
		this.#ring = ring;
		this.#now = now;
		this.#retire = retire;
	}

	/** From here on messages are kept back. */
	hold(): void {
		this.#isFlowing = false;
		this.#holdsTriggers = false;
		const latest = [...this.#triggers.keys()].at(-1);
		for (const slot of this.#triggers.keys()) {
			if (slot !== latest) this.#triggers.delete(slot);
		}
	}

	/** Sends what was kept back, but for triggers that `holdTriggers` keeps. @returns false when the ring took only a part; call again. */
	release(): boolean {
		if (!this.#isFlowing) this.#forgetOldTriggers();
		this.#isFlowing = this.#sendKept();
		return this.#isFlowing;
	}

	/** From here on triggers without a frame are kept back, whatever else flows. */
	holdTriggers(): void {
		this.#holdsTriggers = true;
	}

	/** Sends the triggers that were kept back. @returns false when the ring took only a part; call again. */
	releaseTriggers(): boolean {
		this.#holdsTriggers = false;
		const isDone = !this.#isFlowing || (this.#sendTriggers() && this.#sendTimedStops());
		this.#holdsTriggers = !isDone;
		return isDone;
	}

	/** Notes that the platform is asked for sound now. */
	noteResume(): void {
		const now = this.#now();
		this.#resumedAtMilliseconds = now;
		for (const [slot, trigger] of this.#triggers) {
			if (now - trigger.atMilliseconds >= TRIGGER_PATIENCE_MS) continue;
			this.#triggers.set(slot, { ...trigger, patienceMilliseconds: RESUMING_TRIGGER_PATIENCE_MS });
		}
	}

	/** False while the ring is full and no room can be made in it. */
	get canSend(): boolean {
		return !this.#isFlowing || this.#ring.hasRoom();
	}

	/** How many more triggers and stops with a frame of their own may wait, those kept here counted. */
	get timedRoom(): number {
		const triggers = [...this.#triggers.values()].filter(({ atFrame }) => atFrame !== IMMEDIATELY).length;
		return this.#ring.timedRoom - this.#timedStops.size - triggers;
	}

	loadSample(slot: number, sample: SampleCommand): boolean {
		if (this.#isFlowing) return this.#ring.loadSample(slot, sample);
		this.#overtake(slot);
		this.#samples.set(slot, sample);
		return true;
	}

	playSample(slot: number, velocity: number, flags: number, atFrame: number = IMMEDIATELY): boolean {
		const isHeld = this.#holdsTriggers && atFrame === IMMEDIATELY;
		if (this.#isFlowing && !isHeld) return this.#ring.playSample(slot, velocity, flags, atFrame);
		if (atFrame !== IMMEDIATELY && this.timedRoom <= 0) return false;
		if (!this.#isFlowing) this.#triggers.clear();
		this.#triggers.delete(slot);
		const now = this.#now();
		const isResuming = now - this.#resumedAtMilliseconds < TRIGGER_PATIENCE_MS;
		const patienceMilliseconds = isResuming ? RESUMING_TRIGGER_PATIENCE_MS : TRIGGER_PATIENCE_MS;
		this.#triggers.set(slot, { velocity, flags, atFrame, atMilliseconds: now, patienceMilliseconds });
		return true;
	}

	stopSample(slot: number, atFrame: number = IMMEDIATELY): boolean {
		const isKept = !this.#isFlowing || this.#triggers.has(slot);
		if (atFrame !== IMMEDIATELY) {
			return isKept ? this.#keepTimedStop(slot, atFrame) : this.#ring.stopSample(slot, atFrame);
		}
		if (this.#isFlowing && !this.#ring.stopSample(slot)) return false;
		if (!this.#isFlowing) this.#stops.add(slot);
		this.#triggers.delete(slot);
		return true;
	}

	stopAll(): boolean {
		if (this.#isFlowing && !this.#ring.stopAll()) return false;
		if (!this.#isFlowing) this.#stopsAll = true;
		this.#triggers.clear();
		this.#timedStops.clear();
		return true;
	}

	unloadSample(slot: number): boolean {
		if (this.#isFlowing && !this.#ring.unloadSample(slot)) return false;
		if (!this.#isFlowing) {
			this.#overtake(slot);
			this.#unloads.add(slot);
		}
		this.#triggers.delete(slot);
		return true;
	}

	setMasterGain(decibels: number): boolean {
		if (this.#isFlowing) return this.#ring.setMasterGain(decibels);
		this.#gainDecibels = decibels;
		return true;
	}

	/** Sends a command as it stands; refused while the audio thread is suspended. @param words - COMMAND_BYTES / 4 */
	send(words: Int32Array): boolean {
		return this.#isFlowing && this.#ring.send(words);
	}

	#keepTimedStop(slot: number, atFrame: number): boolean {
		if (!this.#timedStops.has(slot) && this.timedRoom <= 0) return false;
		this.#timedStops.set(slot, atFrame);
		return true;
	}

	#overtake(slot: number): void {
		const older = this.#samples.get(slot);
		if (older === undefined) return;
		this.#samples.delete(slot);
		this.#retire(older.handle);
	}

	/** Stops, samples, the trigger that may need them, stops to come; each leaves only when the ring has taken it. */
	#sendKept(): boolean {
		if (this.#gainDecibels !== null && !this.#ring.setMasterGain(this.#gainDecibels)) return false;
		this.#gainDecibels = null;
		if (this.#stopsAll && !this.#ring.stopAll()) return false;
		this.#stopsAll = false;
		for (const slot of this.#stops) {
			if (!this.#ring.stopSample(slot)) return false;
			this.#stops.delete(slot);
		}
		for (const slot of this.#unloads) {
			if (!this.#ring.unloadSample(slot)) return false;
			this.#unloads.delete(slot);
		}
		for (const [slot, sample] of this.#samples) {
			if (!this.#ring.loadSample(slot, sample)) return false;
			this.#samples.delete(slot);
		}
		return this.#sendTriggers() && this.#sendTimedStops();
	}

	#forgetOldTriggers(): void {
		for (const [slot, { atMilliseconds, patienceMilliseconds }] of this.#triggers) {
			if (this.#now() - atMilliseconds >= patienceMilliseconds) this.#triggers.delete(slot);
		}
	}

	#sendTriggers(): boolean {
		for (const [slot, { velocity, flags, atFrame }] of this.#triggers) {
			if (this.#holdsTriggers && atFrame === IMMEDIATELY) continue;
			if (!this.#ring.playSample(slot, velocity, flags, atFrame)) return false;
			this.#triggers.delete(slot);
		}
		return true;
	}

	/** But for those that follow a trigger which is still kept. */
	#sendTimedStops(): boolean {
		for (const [slot, atFrame] of this.#timedStops) {
			if (this.#triggers.has(slot)) continue;
			if (!this.#ring.stopSample(slot, atFrame)) return false;
			this.#timedStops.delete(slot);
		}
		return true;
	}
}
