import { frameAt, scrolled, type WaveView, wholeView, zoomed } from "./wave-view.ts";

/** The view that gestures move. */
interface ViewAccess {
	/** Of the whole sample. */
	readonly frames: () => number;
	readonly view: () => WaveView;
	readonly show: (view: WaveView) => void;
}

/** How much a pixel of the wheel zooms, as an exponent. */
const wheelZoom = 0.004;
const keyZoom = 0.5;
/** The share of the view that an arrow scrolls. */
const keyScroll = 0.1;

/** Zooms and scrolls a waveform: wheel, drag, pinch and keys. */
export class WaveGestures {
	readonly #element: HTMLElement;
	readonly #access: ViewAccess;
	/** Where each pointer on the waveform was last, in CSS pixels. */
	readonly #pointers = new Map<number, number>();

	constructor(element: HTMLElement, access: ViewAccess) {
		this.#element = element;
		this.#access = access;
	}

	/** Zooms around the middle of the view. @param factor - below 1 is nearer */
	zoom(factor: number): void {
		this.#zoomAt(factor, 0.5);
	}

	readonly turn = (event: WheelEvent): void => {
		event.preventDefault();
		const isSideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
		if (isSideways || event.shiftKey) this.#scroll((event.deltaX + event.deltaY) / this.#element.clientWidth);
		else this.#zoomAt(Math.exp(event.deltaY * wheelZoom), this.#shareOf(event.clientX));
	};

	readonly grasp = (event: PointerEvent): void => {
		if (event.button !== 0 || !(event.currentTarget instanceof HTMLElement)) return;
		event.currentTarget.setPointerCapture(event.pointerId);
		this.#pointers.set(event.pointerId, event.clientX);
	};

	/** One pointer scrolls, two zoom. */
	readonly drag = ({ pointerId, clientX }: PointerEvent): void => {
		const before = this.#pointers.get(pointerId);
		if (before === undefined) return;
		const other = [...this.#pointers].find(([id]) => id !== pointerId)?.[1];
		this.#pointers.set(pointerId, clientX);
		if (other === undefined) this.#scroll((before - clientX) / this.#element.clientWidth);
		else if (Math.abs(clientX - other) > 1) {
			this.#zoomAt(Math.max(1, Math.abs(before - other)) / Math.abs(clientX - other), this.#shareOf(other));
		}
	};

	readonly drop = ({ pointerId }: PointerEvent): void => {
		this.#pointers.delete(pointerId);
	};

	readonly pressKey = (event: KeyboardEvent): void => {
		if (event.ctrlKey || event.altKey || event.metaKey) return;
		const action: (() => void) | undefined = {
			"+": () => this.zoom(keyZoom),
			"=": () => this.zoom(keyZoom),
			"-": () => this.zoom(1 / keyZoom),
			ArrowRight: () => this.#scroll(keyScroll),
			ArrowLeft: () => this.#scroll(-keyScroll),
			Home: () => this.#access.show(wholeView(this.#access.frames())),
		}[event.key];
		if (action === undefined) return;
		event.preventDefault();
		action();
	};

	/** @param share - of the element's width */
	#shareOf(clientX: number): number {
		const { left, width } = this.#element.getBoundingClientRect();
		return (clientX - left) / width;
	}

	#zoomAt(factor: number, share: number): void {
		const view = this.#access.view();
		this.#access.show(zoomed(view, this.#access.frames(), factor, frameAt(view, share)));
	}

	#scroll(share: number): void {
		const view = this.#access.view();
		const frames = share * (view.endFrame - view.startFrame);
		this.#access.show(scrolled(view, this.#access.frames(), frames));
	}
}
