import { draggedShare, type KnobScale, valueAtShare } from "./knob-scale.ts";

/** The press that a drag begins with. */
interface DragStart {
	readonly scale: KnobScale;
	readonly value: number;
	/** Where the pointer is, in CSS pixels from above. */
	readonly y: number;
	/** How far it may move as a click, in CSS pixels. A drag begins there, so that nothing jumps. */
	readonly slop: number;
}

/** A drag of a control up and down. */
export class ValueDrag {
	#start: DragStart | null = null;
	/** The place on the scale, not rounded to steps. */
	#share = 0;
	#y = 0;
	#hasMoved = false;

	/** Whether the pointer moved farther than a click does. */
	get hasMoved(): boolean {
		return this.#hasMoved;
	}

	begin(start: DragStart): void {
		this.#start = start;
		this.#share = start.scale.shareOf(start.value);
		this.#y = start.y;
		this.#hasMoved = false;
	}

	/** Follows the pointer. @returns the value there; null while the press may still be a click, and where nothing changes */
	move(y: number, isFine: boolean): number | null {
		const start = this.#start;
		if (start === null || y === this.#y) return null;
		if (!this.#hasMoved) {
			const moved = y - start.y;
			if (Math.abs(moved) < start.slop) return null;
			this.#hasMoved = true;
			this.#y = start.y + Math.sign(moved) * start.slop;
		}
		this.#share = draggedShare(start.scale, this.#share, this.#y - y, isFine);
		this.#y = y;
		return valueAtShare(start.scale, this.#share);
	}
}
