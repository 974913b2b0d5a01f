import type { Activity } from "flitzis-looper";
import { newEditGesture } from "../instrument/edit-gesture.ts";
import type { EnginePoller } from "../instrument/engine-poller.ts";
import type { Notices } from "../instrument/notices.ts";
import { loopSettings, type PadSettings } from "../instrument/pad-state.ts";
import type { Pads } from "../instrument/pads.ts";
import { TapTempo } from "../instrument/tap-tempo.ts";
import { beginningAt, shifted, withTempo } from "../pad-panel/grid-edit.ts";
import { settingsFromAnalysis } from "./analysis-settings.ts";
import { settingsFromFile } from "./file-settings.ts";

/** What a performer says of a pad's beats with one key. */
export type GridEdit = "earlier" | "later" | "one" | "tap" | "match";

/** What the edits need of the instrument. */
interface GridParts {
	readonly pads: Pads;
	readonly notices: Notices;
	readonly poller: Pick<EnginePoller, "readings">;
}

/** Corrects where the beats of pads are. Every edit can be undone. */
export class GridEdits {
	readonly #pads: Pads;
	readonly #notices: Notices;
	#activity: Activity | null = null;
	#taps: { readonly pad: number; readonly tempo: TapTempo; readonly gesture: string } | null = null;

	constructor({ pads, notices, poller }: GridParts) {
		this.#pads = pads;
		this.#notices = notices;
		poller.readings.add(({ activity }) => {
			this.#activity = activity;
		});
	}

	/** Edits pads, in one step of the history. @param timeMs - when the performer did it, on the page's clock */
	edit(pads: readonly number[], edit: GridEdit, timeMs: number): void {
		switch (edit) {
			case "earlier":
				this.#shift(pads, -1 / 2);
				break;
			case "later":
				this.#shift(pads, 1 / 2);
				break;
			case "one":
				this.#beginHere(pads);
				break;
			case "tap":
				this.#tap(pads, timeMs);
				break;
			case "match":
				this.#match(pads);
				break;
			default:
				edit satisfies never;
		}
	}

	/** Sets the pads' own tempo, by their lengths in beats. @param gesture - as `Pads.set` */
	setTempo(pads: readonly number[], tempo: number, gesture: string = newEditGesture()): void {
		this.#change(pads, (settings, { source }) => withTempo(settings, source, tempo), gesture);
	}

	#shift(pads: readonly number[], beats: number): void {
		this.#change(pads, (settings, { source }) => shifted(settings, source, beats));
	}

	/** Takes what is heard of the first pad now for the first beat of a bar. */
	#beginHere([pad]: readonly number[]): void {
		const playhead = pad === undefined ? undefined : this.#activity?.playhead[pad];
		if (pad === undefined || playhead === undefined || this.#activity?.padState[pad] === 0) {
			this.#notices.tell("info", "Play the pad, and press that when its bar begins.");
			return;
		}
		this.#change([pad], (settings, { source, frames }) =>
			beginningAt(settings, source, (playhead * source.frames) / frames),
		);
	}

	#tap(pads: readonly number[], timeMs: number): void {
		const [pad] = pads;
		if (pad === undefined) return;
		if (this.#taps?.pad !== pad) this.#taps = { pad, tempo: new TapTempo(), gesture: newEditGesture() };
		const tempo = this.#taps.tempo.tap(timeMs);
		if (tempo !== null) this.setTempo(pads, tempo, this.#taps.gesture);
	}

	/** Makes the pads loops in time, as far as their beats are known. */
	#match(pads: readonly number[]): void {
		const unknown: number[] = [];
		this.#pads.setEach(
			pads,
			(settings, pad) => {
				const found = this.#foundFor(pad, settings);
				if (found === null) unknown.push(pad + 1);
				return found ?? {};
			},
			newEditGesture(),
		);
		if (unknown.length > 0) this.#notices.tell("info", unknownText(unknown));
	}

	#foundFor(pad: number, { lengthBeats, sync }: PadSettings): Partial<PadSettings> | null {
		const inTime = { ...loopSettings(true), sync: sync === "off" ? ("repitch" as const) : sync };
		if (lengthBeats > 0) return inTime;
		const info = this.#pads.sampleInfo(pad);
		const { analysis } = this.#pads.states[pad]!;
		if (info === null) return null;
		const found = settingsFromFile(info) ?? (analysis === null ? null : settingsFromAnalysis(analysis, info));
		return found === null ? null : { ...found, ...inTime };
	}

	#change(
		pads: readonly number[],
		change: (settings: PadSettings, info: NonNullable<ReturnType<Pads["sampleInfo"]>>) => Partial<PadSettings>,
		gesture: string = newEditGesture(),
	): void {
		this.#pads.setEach(
			pads,
			(settings, pad) => {
				const info = this.#pads.sampleInfo(pad);
				return info === null ? {} : change(settings, info);
			},
			gesture,
		);
	}
}

function unknownText(pads: readonly number[]): string {
	const which = pads.length === 1 ? `Pad ${pads[0]} has` : `Pads ${pads.join(", ")} have`;
	return `${which} no beats that are known. Tap them, or say how many they are.`;
}
