import { MASTER_GAIN } from "../src/protocol/parameters.ts";
import { CommandWriter } from "../src/rings/command-writer.ts";
import { ControlRing, type RingOwner } from "../src/rings/control-ring.ts";

/** A ring and what writes commands into it. */
export class RingWriter extends CommandWriter {
	readonly ring: ControlRing;

	constructor(buffer: ArrayBuffer | SharedArrayBuffer, ring: number, owner: RingOwner = {}) {
		super((words) => this.ring.send(words));
		this.ring = new ControlRing(buffer, ring, owner);
	}

	setMasterGain(decibels: number, atFrame?: number): boolean {
		return this.setParameter(0, MASTER_GAIN, decibels, atFrame);
	}

	get timedRoom(): number {
		return this.ring.timedRoom;
	}

	get isDrained(): boolean {
		return this.ring.isDrained;
	}

	get isFull(): boolean {
		return this.ring.room === 0;
	}
}
