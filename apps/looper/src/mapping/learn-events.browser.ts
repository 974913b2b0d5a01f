import { chordOf } from "../input/keyboard.ts";
import { keyRefusal } from "./key-rules.ts";
import type { Learning } from "./learning.ts";
import { parseTarget } from "./parse-target.ts";
import type { Target } from "./targets.ts";

/**
 * While something is learned, touches of elements with `data-target` choose their target instead of acting, and keys are
 * taken as controls.
 *
 * @param bar - where learning is led; its own parts act as usual
 * @returns a function that removes the listeners
 */
export function listenWhileLearning(learning: Learning, bar: HTMLElement): () => void {
	const ending = new AbortController();
	const options = { capture: true, signal: ending.signal };
	const isBar = (event: Event): boolean => event.composedPath().includes(bar);

	// The press that precedes a click must not play or drag, nor two of them reset a value.
	for (const type of ["pointerdown", "mousedown", "dblclick"] as const) {
		const holdBack = (event: MouseEvent): void => {
			if (learning.state.phase !== "off" && event.button === 0 && !isBar(event) && targetOf(event) !== null)
				swallow(event);
		};
		window.addEventListener(type, holdBack, options);
	}
	const choose = (event: Event): void => {
		if (learning.state.phase === "off" || isBar(event)) return;
		const target = targetOf(event);
		if (target === null) return;
		swallow(event);
		learning.choose(target);
	};
	window.addEventListener("click", choose, options);
	const takeKey = (event: KeyboardEvent): void => {
		if (learning.state.phase === "off") return;
		if (event.code === "Escape") {
			swallow(event);
			learning.back();
			return;
		}
		const chord = chordOf(event);
		if (learning.state.phase !== "control" || chord === null || isModifier(event)) return;
		// Keys that move the focus and press buttons go on doing so.
		if (keyRefusal(chord.code, chord.alt) !== null) {
			if (!isBar(event)) learning.takeKey(chord.code, chord);
			return;
		}
		swallow(event);
		learning.takeKey(chord.code, chord);
	};
	window.addEventListener("keydown", takeKey, options);
	return () => ending.abort();
}

/** The target of the innermost touched element that has one. */
function targetOf(event: Event): Target | null {
	for (const element of event.composedPath()) {
		if (!(element instanceof HTMLElement)) continue;
		const { target: text } = element.dataset;
		const target = text === undefined ? null : parseTarget(text);
		if (target !== null && typeof target !== "string") return target;
		// A button without a target inside of one with a target has a meaning of its own.
		if (element instanceof HTMLButtonElement) return null;
	}
	return null;
}

function isModifier({ key }: KeyboardEvent): boolean {
	return ["Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock"].includes(key);
}

function swallow(event: Event): void {
	event.preventDefault();
	event.stopImmediatePropagation();
}
