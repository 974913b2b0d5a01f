import type { LoopSeam } from "../protocol/loop-seam.ts";
import { AT_ONCE, type ControlRing } from "../rings/control-ring.ts";

/** A sample on its way into a slot. */
export interface SampleRecord {
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
	readonly slot: number;
	readonly velocity: number;
	readonly flags: number;
	readonly atFrame: number;
	readonly atMilliseconds: number;
}

/** A trigger older than this is not played when sound resumes. */
const TRIGGER_PATIENCE_MS = 500;

/**
 * The control thread's way to the audio thread: straight into the ring while that runs; while it is suspended nothing
 * drains the ring, so only what still matters at the end is kept here: a slot's newest sample, the last trigger, the last stop
 * of each slot at a frame of its own. The frame clock stands still meanwhile, so their frames keep their meaning.
 *
 * Methods that return a boolean return false when the ring is full or takes no more records with frames of their own; nothing
 * has changed then. Thread: control.
 */
export class ControlPort {
	readonly #ring: ControlRing;
	readonly #now: () => number;
	readonly #withdraw: (handle: number) => void;
	readonly #samples: Map<number, SampleRecord> = new Map();
	readonly #unloads: Set<number> = new Set();
	readonly #stops: Set<number> = new Set();
	/** The frame of the slot's latest stop that has one. */
	readonly #timedStops: Map<number, number> = new Map();
	#stopsAll = false;
	#gainDecibels: number | null = null;
	#trigger: WaitingTrigger | null = null;
	#isFlowing = false;

	/** @param withdraw - frees a sample that a newer one has overtaken before the kernel saw it */
	constructor(ring: ControlRing, now: () => number, withdraw: (handle: number) => void) {
		this.#ring = ring;
		this.#now = now;
		this.#withdraw = withdraw;
	}

	/** From here on messages are kept back. */
	hold(): void {
		this.#isFlowing = false;
	}

	/** Sends what was kept back. @returns false when the ring took only a part; call again. */
	release(): boolean {
		this.#isFlowing = this.#sendKept();
		return this.#isFlowing;
	}

	/** False while the ring is full and no room can be made in it. */
	get canSend(): boolean {
		return !this.#isFlowing || this.#ring.hasRoom();
	}

	/** How many more triggers and stops with a frame of their own may wait, those kept here counted. */
	get timedRoom(): number {
		const trigger = this.#trigger === null || this.#trigger.atFrame === AT_ONCE ? 0 : 1;
		return this.#ring.timedRoom - this.#timedStops.size - trigger;
	}

	loadSample(slot: number, sample: SampleRecord): boolean {
		if (this.#isFlowing) return this.#ring.loadSample(slot, sample);
		this.#overtake(slot);
		this.#samples.set(slot, sample);
		return true;
	}

	playSample(slot: number, velocity: number, flags: number, atFrame: number = AT_ONCE): boolean {
		if (this.#isFlowing) return this.#ring.playSample(slot, velocity, flags, atFrame);
		if (atFrame !== AT_ONCE && this.timedRoom <= 0) return false;
		this.#trigger = { slot, velocity, flags, atFrame, atMilliseconds: this.#now() };
		return true;
	}

	stopSample(slot: number, atFrame: number = AT_ONCE): boolean {
		if (this.#isFlowing) return this.#ring.stopSample(slot, atFrame);
		if (atFrame !== AT_ONCE) return this.#keepTimedStop(slot, atFrame);
		this.#stops.add(slot);
		if (this.#trigger?.slot === slot) this.#trigger = null;
		return true;
	}

	stopAll(): boolean {
		if (this.#isFlowing) return this.#ring.stopAll();
		this.#stopsAll = true;
		this.#trigger = null;
		this.#timedStops.clear();
		return true;
	}

	unloadSample(slot: number): boolean {
		if (this.#isFlowing) return this.#ring.unloadSample(slot);
		this.#overtake(slot);
		this.#unloads.add(slot);
		if (this.#trigger?.slot === slot) this.#trigger = null;
		return true;
	}

	setMasterGain(decibels: number): boolean {
		if (this.#isFlowing) return this.#ring.setMasterGain(decibels);
		this.#gainDecibels = decibels;
		return true;
	}

	/** Sends a record as it stands; refused while the audio thread is suspended. @param words - RECORD_BYTES / 4 */
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
		this.#withdraw(older.handle);
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
		return this.#sendTrigger() && this.#sendTimedStops();
	}

	#sendTrigger(): boolean {
		const trigger = this.#trigger;
		const isFresh = trigger !== null && this.#now() - trigger.atMilliseconds < TRIGGER_PATIENCE_MS;
		if (isFresh && !this.#ring.playSample(trigger.slot, trigger.velocity, trigger.flags, trigger.atFrame)) return false;
		this.#trigger = null;
		return true;
	}

	#sendTimedStops(): boolean {
		for (const [slot, atFrame] of this.#timedStops) {
			if (!this.#ring.stopSample(slot, atFrame)) return false;
			this.#timedStops.delete(slot);
		}
		return true;
	}
}
