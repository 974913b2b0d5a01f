import { LooperError } from "../../errors.ts";
import type { Edit } from "../platform/packet-stream.ts";

/** Maximum pieces; each costs a call of the decoder. */
const MAX_EDITS = 16_384;

/** Collects the played pieces in order, joining contiguous ones. */
export class EditPlan {
	readonly #edits: Edit[] = [];

	/** Whether any piece has sound. */
	get hasSound(): boolean {
		return this.#edits.some(({ start }) => start !== null);
	}

	get edits(): readonly Edit[] {
		return this.#edits;
	}

	/** @throws LooperError `unsupported-format` for more pieces than can be played. */
	add({ start, frames }: Edit): void {
		if (frames <= 0) return;
		const last = this.#edits.at(-1);
		if (last !== undefined && isContinued(last, start)) {
			this.#edits[this.#edits.length - 1] = { start: last.start, frames: last.frames + frames };
			return;
		}
		if (this.#edits.length === MAX_EDITS) {
			const what = `The MP4 file's edit list cuts its sound into more than ${MAX_EDITS} pieces`;
			throw new LooperError("unsupported-format", `${what}. Export it again in one piece.`);
		}
		this.#edits.push({ start, frames });
	}
}

function isContinued(last: Edit, start: number | null): boolean {
	return last.start === null ? start === null : last.start + last.frames === start;
}
