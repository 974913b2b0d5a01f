import { newEditGesture } from "../instrument/edit-gesture.ts";
import type { PadSample, PadSettings, PadState } from "../instrument/pad-state.ts";
import type { Pads } from "../instrument/pads.ts";
import type { Selection } from "../instrument/selection.ts";
import { heldBeats } from "./loop-edit.ts";

/** A band of the equalizer. */
export type Band = keyof PadSettings["eq"];

/** Levels of killed bands, by the sample that the pad held: another sample's band does not come back at this one's level. */
const beforeKill = new WeakMap<PadSample, Map<Band, number>>();

/** Edits the selected pad, and the others that are selected with it. */
export class PadEditor {
	readonly pad: number;
	readonly #pads: Pads;
	readonly #selection: Selection;

	constructor(pad: number, parts: { readonly pads: Pads; readonly selection: Selection }) {
		this.pad = pad;
		this.#pads = parts.pads;
		this.#selection = parts.selection;
	}

	get state(): PadState {
		return this.#pads.states[this.pad]!;
	}

	get settings(): PadSettings {
		return this.state.settings;
	}

	/** The pads that edits change, this one first. */
	get edited(): readonly number[] {
		return this.#selection.editedWith(this.pad);
	}

	/** Changes settings of every selected pad. @param gesture - names one drag: its edits are one step */
	set(values: Partial<PadSettings>, gesture?: string): void {
		this.#edit(() => values, gesture);
	}

	/** Changes settings of this pad alone, as its region, which makes sense for its sample only. */
	setAlone(values: Partial<PadSettings>, gesture?: string): void {
		this.#pads.set(this.pad, values, gesture);
	}

	/** Sets whether the pads loop, and with it what a press does. Switching it off stops what goes round. */
	setLooping(isLooping: boolean): void {
		this.#pads.switchLoops(this.#selection.editedWith(this.pad), isLooping);
	}

	setBand(band: Band, decibels: number, gesture?: string): void {
		this.#edit(({ eq }) => ({ eq: { ...eq, [band]: decibels } }), gesture);
	}

	/** Silences a band of every selected pad, or gives it back as it was, as long as the page lives. */
	killBand(band: Band, isKilled: boolean): void {
		this.#edit(({ eq }, pad) => {
			const { sample } = this.#pads.states[pad]!;
			const levels = (sample === null ? null : beforeKill.get(sample)) ?? new Map<Band, number>();
			if (isKilled && eq[band] !== Number.NEGATIVE_INFINITY) levels.set(band, eq[band]);
			if (sample !== null) beforeKill.set(sample, levels);
			return { eq: { ...eq, [band]: isKilled ? Number.NEGATIVE_INFINITY : (levels.get(band) ?? 0) } };
		});
	}

	/** Makes the loops so many times as long in beats, as far as beats are known and the engine takes them. */
	scaleBeats(factor: number): void {
		this.#edit(({ lengthBeats }) => ({ lengthBeats: heldBeats(lengthBeats * factor) }));
	}

	#edit(change: (settings: PadSettings, pad: number) => Partial<PadSettings>, gesture = newEditGesture()): void {
		this.#pads.setEach(this.#selection.editedWith(this.pad), change, gesture);
	}
}
