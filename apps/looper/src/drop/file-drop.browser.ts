import type { Instrument } from "../instrument/instrument.ts";
import { LooperPad } from "../pad/looper-pad.browser.ts";
import { dropTargets } from "./drop-targets.ts";
import { readDroppedFiles } from "./dropped-files.browser.ts";
import { putFiles } from "./put-files.ts";

/** Files dragged over the page and dropped on it. */
export class FileDrop {
	readonly #instrument: Instrument;
	readonly #showTargets: (pads: readonly number[]) => void;

	/** @param showTargets - marks the pads that the dragged files would go to */
	constructor(instrument: Instrument, showTargets: (pads: readonly number[]) => void) {
		this.#instrument = instrument;
		this.#showTargets = showTargets;
	}

	/** Takes drops on the whole window. @returns ends it */
	listen(): () => void {
		const ending = new AbortController();
		const { signal } = ending;
		window.addEventListener("dragover", this.#drag, { signal });
		window.addEventListener("dragleave", this.#leave, { signal });
		window.addEventListener("drop", this.#drop, { signal });
		return () => ending.abort();
	}

	readonly #drag = (event: DragEvent): void => {
		const { dataTransfer } = event;
		if (dataTransfer === null || !dataTransfer.types.includes("Files")) return;
		event.preventDefault();
		dataTransfer.dropEffect = "copy";
		const fileCount = Math.max(1, dataTransfer.items.length);
		this.#showTargets(dropTargets(fileCount, padUnder(event), this.#instrument.pads));
	};

	readonly #leave = (event: DragEvent): void => {
		if (event.relatedTarget === null) this.#showTargets([]);
	};

	readonly #drop = (event: DragEvent): void => {
		this.#showTargets([]);
		const { dataTransfer } = event;
		if (dataTransfer === null || !dataTransfer.types.includes("Files")) return;
		event.preventDefault();
		const droppedOn = padUnder(event);
		readDroppedFiles(dataTransfer.items).then(
			(files) => putFiles(this.#instrument, files, droppedOn),
			(error: unknown) => this.#instrument.notify("error", `What was dropped can't be read: ${String(error)}`),
		);
	};
}

function padUnder(event: DragEvent): number | null {
	const pad = event.composedPath().find((target) => target instanceof LooperPad);
	return pad === undefined ? null : pad.index;
}
