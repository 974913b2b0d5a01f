import type { Carry, CarryMode } from "../instrument/carry.ts";

/** How far the pointer goes before a press becomes a drag, in CSS pixels. */
const dragDistance = 8;

/** A place in the window, in CSS pixels. */
interface Place {
	readonly clientX: number;
	readonly clientY: number;
}

/** What lies under a pointer that drags. */
export interface DragPlaces {
	/** The pad at a place; null between the pads. */
	padAt(place: Place): number | null;
	/** Called while a pad is dragged. @param target - the pad that it would be dropped on */
	drag(place: Place, target: number | null): void;
	/** Called when the drag has ended. */
	end(): void;
}

/** A pad under a pointer that is down. */
interface DragStart extends Place {
	readonly pad: number;
	readonly pointerId: number;
}

/** Pads that a pointer drags onto others: they are swapped, or copied while Alt is held. */
export class PadDrag {
	readonly #carry: Carry;
	readonly #places: DragPlaces;
	#start: DragStart | null = null;
	#isDragging = false;

	constructor(carry: Carry, places: DragPlaces) {
		this.#carry = carry;
		this.#places = places;
	}

	/** A pointer goes down on a pad. A second one is ignored while the first is down. */
	press({ button, isPrimary, pointerId, clientX, clientY }: PointerEvent, pad: number): void {
		// One that was let go outside of the grid has not said so.
		if (isPrimary) this.cancel();
		if (button === 0 && this.#start === null) this.#start = { pad, pointerId, clientX, clientY };
	}

	/** The pointer moves. @param surface - takes the pointer's events once it drags */
	move(event: PointerEvent, surface: Element): void {
		const start = this.#start;
		if (start?.pointerId !== event.pointerId) return;
		if ((event.buttons & 1) === 0) {
			this.cancel();
			return;
		}
		const mode = modeOf(event);
		if (!this.#isDragging) {
			const distance = Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY);
			if (distance < dragDistance || !this.#carry.pickUp(start.pad, mode)) return;
			this.#isDragging = true;
			surface.setPointerCapture(event.pointerId);
			window.addEventListener("click", swallow, true);
		}
		if (this.#carry.held === null) this.cancel();
		else {
			if (this.#carry.held.mode !== mode) this.#carry.pickUp(start.pad, mode);
			this.#places.drag(event, this.#places.padAt(event));
		}
	}

	/** The pointer goes up. */
	release(event: PointerEvent): void {
		if (this.#start?.pointerId !== event.pointerId) return;
		if (this.#isDragging && this.#carry.held !== null) {
			const target = this.#places.padAt(event);
			if (target !== null) this.#carry.dropOn(target);
		}
		this.cancel();
	}

	/** Ends the drag and leaves everything as it is. */
	cancel(): void {
		if (this.#isDragging) {
			this.#carry.letGo();
			this.#places.end();
			// The click that ends a drag follows in the same task as the pointer's release, at the latest in the next.
			setTimeout(() => window.removeEventListener("click", swallow, true));
		}
		this.#start = null;
		this.#isDragging = false;
	}
}

function modeOf({ altKey }: PointerEvent): CarryMode {
	return altKey ? "copy" : "swap";
}

function swallow(event: Event): void {
	event.stopPropagation();
	event.preventDefault();
}
