const holdMilliseconds = 600;
const reachPixels = 12;

/** A finger that stays on one place: what touch screens have for the right mouse button. */
export class LongPress {
	readonly #onHeld: (event: PointerEvent) => void;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#start: PointerEvent | null = null;

	constructor(onHeld: (event: PointerEvent) => void) {
		this.#onHeld = onHeld;
	}

	/** To be told of every pointer that goes down. */
	press(event: PointerEvent): void {
		this.end();
		if (event.pointerType === "mouse") return;
		this.#start = event;
		this.#timer = setTimeout(() => this.#onHeld(event), holdMilliseconds);
	}

	/** To be told of every pointer that moves. */
	move(event: PointerEvent): void {
		const start = this.#start;
		if (start === null || event.pointerId !== start.pointerId) return;
		if (Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) > reachPixels) this.end();
	}

	/** To be told when the pointer leaves, by whatever way. */
	end(): void {
		clearTimeout(this.#timer);
		this.#start = null;
	}
}
