import { isLoadLive, type PadLoad, type PadState } from "../instrument/pad-state.ts";
import { wholePercent } from "./pad-text.ts";

/** The progress of a load on a pad's face. Written through the object model, because loads make progress in every frame. */
export class PadProgress {
	readonly #root: ParentNode;
	#rendered: PadState | null = null;

	/** @param root - where `loadFace` is rendered */
	constructor(root: ParentNode) {
		this.#root = root;
	}

	/** Shows the progress in a face that has just been rendered. */
	rendered(state: PadState): void {
		this.#rendered = state;
		if (state.load !== null && isLoadLive(state)) this.#write(state.load);
	}

	/** Shows the progress if nothing else has changed since the face was rendered. @returns false when it must be rendered again */
	follow(state: PadState): boolean {
		const before = this.#rendered;
		if (state.load?.phase !== "loading" || before?.load?.phase !== "loading") return false;
		if (state.load.requestId !== before.load.requestId) return false;
		if (state.sample !== before.sample || state.settings !== before.settings) return false;
		this.#write(state.load);
		return true;
	}

	#write(load: PadLoad): void {
		const stage = load.phase === "loading" ? load.stage : "Waiting";
		const percent = wholePercent(load.phase === "loading" ? load.percent : 0);
		const part = (name: string): HTMLElement | null => this.#root.querySelector<HTMLElement>(`.${name}`);
		write(part("stage"), stage);
		write(part("percent"), `${percent}%`);
		const track = part("track");
		track?.setAttribute("aria-label", stage);
		track?.setAttribute("aria-valuenow", String(percent));
		// The content security policy forbids style attributes, so set styles through the object model.
		part("bar")?.style.setProperty("transform", `scaleX(${percent / 100})`);
	}
}

function write(element: HTMLElement | null, text: string): void {
	if (element !== null && element.textContent !== text) element.textContent = text;
}
