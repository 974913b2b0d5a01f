import type { GridEdit } from "../analysis/grid-edits.ts";
import type { Gesture } from "../input/gesture.ts";
import type { PadSettings } from "../instrument/pad-state.ts";
import type { Recording } from "../instrument/played-region.ts";
import type { ClockTarget } from "../midi/clock-input.ts";
import type { PadChoiceName } from "./choices.ts";
import type { PadReference } from "./pad-reference.ts";
import type { SharedParameterName, SharedSwitchName } from "./parameters.ts";
import type { Target } from "./targets.ts";

/** A value or a switch of master or transport. */
export interface Accessor<Value> {
	read(): Value;
	/** @param gesture - the same for all values of one movement, so that undo takes them back as one */
	write(value: Value, gesture: string): void;
}

/** What mapped controls do to the instrument. What it cannot do yet is left out, and its targets are not offered. */
export interface MappingActions {
	readonly padCount: number;
	/** Presses, releases and stops pads. */
	perform(gesture: Gesture): void;
	/** The pad at a place of the bank that is shown. @param place - 0..31 */
	padAt(place: number): number;
	padSettings(pad: number): PadSettings;
	/** @param gesture - as `Accessor.write` */
	setPad(pad: number, settings: Partial<PadSettings>, gesture: string): void;
	switchLoop(pad: number, isLooping: boolean): void;
	/** What the pad plays; null when it is empty. */
	recordingOf(pad: number): Recording | null;
	/** Makes the pad's loop so many times as long in beats, where they are known. */
	scaleBeats(pad: number, factor: number): void;
	/** Says something of the pad's beats. @param timeMs - when, on the page's clock */
	editGrid(pad: number, edit: GridEdit, timeMs: number): void;
	/** Goes on to the next of a pad's choices. */
	chooseNext(pad: number, choice: PadChoiceName): void;
	/** Goes on to the next quantum of the set. */
	chooseNextQuantum(): void;
	/** The values of master and transport that can be mapped. */
	readonly values: Readonly<Partial<Record<SharedParameterName, Accessor<number>>>>;
	/** The switches of master and transport that can be mapped. */
	readonly switches: Readonly<Partial<Record<SharedSwitchName, Accessor<boolean>>>>;
	/** The selected pad; null when none is selected. */
	readonly selectedPad?: () => number | null;
	readonly select?: (pad: number) => void;
	/** @param bank - 0..7 */
	readonly showBank?: (bank: number) => void;
	/** @param timeMs - when the tap came, on the page's clock */
	readonly tapTempo?: (timeMs: number) => void;
	/** Starts a transport that stands still, and stops one that runs. */
	readonly startOrStop?: () => void;
	/** Starts a recording of the master, or ends the one that runs. */
	readonly record?: () => void;
	/** Keeps what was heard in the last minute. */
	readonly keepLast?: () => void;
	readonly roll?: (pad: number, beats: number) => void;
	readonly endRoll?: (pad: number) => void;
	/** What MIDI clock conducts. */
	readonly clock?: ClockTarget;
}

/** Whether the instrument can do what the target asks for. */
export function isAvailable(target: Target, actions: MappingActions): boolean {
	if ("pad" in target && target.pad.kind === "selected" && actions.selectedPad === undefined) return false;
	switch (target.type) {
		case "select":
			return actions.select !== undefined;
		case "roll":
			return actions.roll !== undefined && actions.endRoll !== undefined;
		case "set":
			return actions.values[target.parameter] !== undefined;
		case "switch":
			return actions.switches[target.parameter] !== undefined;
		case "bank":
			return actions.showBank !== undefined;
		case "tap-tempo":
			return actions.tapTempo !== undefined;
		case "start-stop":
			return actions.startOrStop !== undefined;
		case "record":
			return actions.record !== undefined;
		case "keep-last":
			return actions.keepLast !== undefined;
		case "press":
		case "stop":
		case "set-pad":
		case "switch-pad":
		case "scale-beats":
		case "beats":
		case "next-of-pad":
		case "next":
		case "stop-all":
			return true;
	}
}

/** The pad that is meant now; null when there is none. */
export function padOf(reference: PadReference, actions: MappingActions): number | null {
	switch (reference.kind) {
		case "pad":
			return reference.pad < actions.padCount ? reference.pad : null;
		case "place": {
			const pad = actions.padAt(reference.place);
			return pad < actions.padCount ? pad : null;
		}
		case "selected":
			return actions.selectedPad?.() ?? null;
	}
}
