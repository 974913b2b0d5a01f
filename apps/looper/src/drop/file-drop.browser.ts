import type { Instrument } from "../instrument/instrument.ts";
import { messageOf } from "../instrument/notices.ts";
import { LooperPad } from "../pad/looper-pad.browser.ts";
import { isArchiveName } from "../sets/set-texts.ts";
import { type DropPoint, dropTargets } from "./drop-targets.ts";
import { readDroppedFiles } from "./dropped-files.browser.ts";
import { type DropPlace, putFiles } from "./put-files.ts";

/** Files dragged over the page and dropped on it. */
export class FileDrop {
	readonly #place: DropPlace & Pick<Instrument, "banks">;
	readonly #showTargets: (pads: readonly number[]) => void;
	readonly #openSet: (file: File) => void;

	/**
	 * @param showTargets - marks the pads that the dragged files would go to
	 * @param openSet - opens an exported set that is dropped
	 */
	constructor(
		place: DropPlace & Pick<Instrument, "banks">,
		showTargets: (pads: readonly number[]) => void,
		openSet: (file: File) => void,
	) {
		this.#place = place;
		this.#showTargets = showTargets;
		this.#openSet = openSet;
	}

	/** Accepts drops anywhere in the window. @returns a function that removes the listeners */
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
		this.#showTargets(dropTargets(fileCount, this.#pointOf(event), this.#place.pads.states));
	};

	readonly #leave = (event: DragEvent): void => {
		if (event.relatedTarget === null) this.#showTargets([]);
	};

	readonly #drop = (event: DragEvent): void => {
		this.#showTargets([]);
		const { dataTransfer } = event;
		if (dataTransfer === null || !dataTransfer.types.includes("Files")) return;
		event.preventDefault();
		// Another bank may be shown by the time a folder is read.
		const point = this.#pointOf(event);
		readDroppedFiles(dataTransfer.items).then(
			(files) => this.#put(files, point),
			(error: unknown) => this.#place.notices.tell("error", `The dropped files cannot be read: ${messageOf(error)}`),
		);
	};

	/** Opens exported sets and puts all other files on pads. */
	#put(files: readonly File[], point: DropPoint): void {
		const sets = files.filter(({ name }) => isArchiveName(name));
		for (const file of sets) this.#openSet(file);
		if (sets.length < files.length || sets.length === 0) {
			putFiles(
				this.#place,
				files.filter((file) => !sets.includes(file)),
				point,
			);
		}
	}

	#pointOf(event: DragEvent): DropPoint {
		return { pad: padUnder(event), bank: this.#place.banks.shown };
	}
}

function padUnder(event: DragEvent): number | null {
	const pad = event.composedPath().find((target) => target instanceof LooperPad);
	return pad === undefined ? null : pad.index;
}
