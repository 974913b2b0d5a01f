import type { Activity, SampleAnalysis, SampleInfo, SampleSource } from "flitzis-looper";
import type { Banks } from "./banks.ts";
import { choppedAt, choppedInto, chopRefusal, emptyRunBehind } from "./chop.ts";
import { newEditGesture } from "./edit-gesture.ts";
import { settingsLabel } from "./edit-labels.ts";
import type { History } from "./history.ts";
import { Listeners } from "./listeners.ts";
import type { LooperEngine } from "./looper-engine.ts";
import type { Notices } from "./notices.ts";
import { changedSettings, contentOf, namesOfChanged, type PadContent, sameSettings } from "./pad-content.ts";
import {
	changePad,
	emptyPad,
	isLoadLive,
	loopSettings,
	type PadChange,
	type PadSettings,
	type PadSource,
	type PadState,
} from "./pad-state.ts";

/** Pads of the instrument: eight banks of 32. */
export const padCount = 256;

/** What the pads need of the instrument. */
interface PadsParts {
	readonly notices: Notices;
	readonly history: History;
	readonly banks: Pick<Banks, "placeOf">;
}

/** What a sample has said of itself. */
interface Followed {
	readonly source: SampleSource;
	readonly settings: Partial<PadSettings>;
}

/** The pads: their samples, loads and settings. Every edit can be undone. */
export class Pads {
	/** The numbers of pads whose state changes. */
	readonly changes: Listeners<number> = new Listeners();
	/** What the pads hold is about to be replaced by another set. */
	readonly leaving: Listeners<Pads> = new Listeners();
	readonly #engine: LooperEngine;
	readonly #notices: Notices;
	readonly #history: History;
	readonly #banks: Pick<Banks, "placeOf">;
	readonly #states: PadState[] = Array.from({ length: padCount }, () => emptyPad);
	/** The settings that the engine has. */
	readonly #sent: PadSettings[] = Array.from({ length: padCount }, () => emptyPad.settings);
	/** What the pads' samples have said of themselves, by pad. */
	readonly #followed = new Map<number, Followed>();
	/** What is read instead of a source: the copy that a set keeps of it. */
	readFrom: (source: SampleSource) => SampleSource = (source) => source;
	/** Pads that an edit emptied while they sounded. Their samples and settings are the engine's until they are silent. */
	readonly #ringingOut = new Set<number>();

	constructor(engine: LooperEngine, { notices, history, banks }: PadsParts) {
		this.#engine = engine;
		this.#notices = notices;
		this.#history = history;
		this.#banks = banks;
	}

	get states(): readonly PadState[] {
		return this.#states;
	}

	/** Rates and lengths of what the pad's next press plays; null when it is empty. */
	sampleInfo(pad: number): SampleInfo | null {
		return this.#engine.sampleInfo(pad);
	}

	/** Starts a load. The pad keeps its sample until the load succeeds. @returns false, and the performer is told, when the engine refuses */
	load(pad: number, wanted: PadSource): boolean {
		const before = contentOf(this.#states[pad]!);
		if (!this.#load(pad, wanted)) return false;
		this.#history.record({
			label: `${wanted.title} on pad ${pad + 1}`,
			target: `sample of pad ${pad}`,
			undo: () => this.#put(pad, before),
			redo: () => this.#load(pad, this.#withFollowed(pad, wanted)),
		});
		return true;
	}

	/** Repeats the pad's failed load. */
	retry(pad: number): void {
		const load = this.#states[pad]?.load;
		if (load?.phase === "failed") this.#load(pad, load.wanted);
	}

	/** Cancels the pad's load, or clears its failure. */
	dismissLoad(pad: number): void {
		if (isLoadLive(this.#states[pad]!)) this.#engine.cancelLoad(pad);
		this.#change(pad, { type: "load-dismissed" });
	}

	/** Changes settings of the pad. @param gesture - the same for all changes of one drag */
	set(pad: number, settings: Partial<PadSettings>, gesture?: string): void {
		this.setEach([pad], () => settings, gesture);
	}

	/** Changes settings of several pads, each from what it has. @param gesture - as `set`; with it they are one step of the history */
	setEach(
		pads: readonly number[],
		change: (settings: PadSettings, pad: number) => Partial<PadSettings>,
		gesture: string | undefined,
	): void {
		for (const pad of pads) {
			const now = this.#states[pad]!.settings;
			const settings = change(now, pad);
			const changed = namesOfChanged(now, { ...now, ...settings });
			if (changed.length === 0) continue;
			const before = sameSettings(now, settings);
			this.#apply(pad, settings);
			this.#history.record({
				label: settingsLabel(pads, changed),
				gesture,
				target: `${Object.keys(settings).toSorted().join()} of pad ${pad}`,
				undo: () => this.#apply(pad, before),
				redo: () => this.#apply(pad, settings),
			});
		}
	}

	/** Sets whether a pad loops, and with it what a press does. Switching it off stops a loop that is running. */
	switchLoop(pad: number, isLooping: boolean): void {
		this.switchLoops([pad], isLooping);
	}

	/** Does that to several pads, in one step of the history. */
	switchLoops(pads: readonly number[], isLooping: boolean): void {
		for (const pad of isLooping ? [] : pads) this.#notices.attempt(() => this.#engine.stopSample(pad));
		this.setEach(pads, () => loopSettings(isLooping), newEditGesture());
	}

	/** Removes the pad's sample, cancels its load and resets its settings. */
	empty(pad: number): void {
		const state = this.#states[pad]!;
		if (state === emptyPad || !this.#empty(pad)) return;
		this.#record(`Empty pad ${pad + 1}`, [[pad, contentOf(state)]]);
	}

	/** Exchanges what two pads hold, their settings included. What sounds goes on. */
	swap(first: number, second: number): void {
		if (first === second) return;
		const onFirst = contentOf(this.#states[first]!);
		const onSecond = contentOf(this.#states[second]!);
		this.#put(first, onSecond);
		this.#put(second, onFirst);
		this.#record(`Swap pads ${first + 1} and ${second + 1}`, [
			[first, onFirst],
			[second, onSecond],
		]);
	}

	/** Puts what a pad holds on another, its settings included. What sounds goes on. Nothing is copied from an empty pad. */
	copy(from: number, to: number): void {
		const held = contentOf(this.#states[from]!);
		if (from === to || held.wanted === null) return;
		const before = contentOf(this.#states[to]!);
		this.#put(to, held);
		this.#record(`Copy pad ${from + 1} to ${to + 1}`, [[to, before]]);
	}

	/**
	 * Puts parts of what a pad plays on the next empty pads behind it, and tells where, or why not. What sounds goes on.
	 *
	 * @param cut - into how many equal parts, or at which frames of the source file
	 */
	chop(pad: number, cut: number | readonly number[]): void {
		const state = this.#states[pad]!;
		const info = this.#engine.sampleInfo(pad);
		// A load in flight is another sound than the one that is known.
		if (info === null || state.load !== null) return;
		const content = contentOf(state);
		const parts =
			typeof cut === "number" ? choppedInto(cut, content, info.source) : choppedAt(cut, content, info.source);
		const count = parts?.length ?? (typeof cut === "number" ? cut : cut.length);
		const first = emptyRunBehind(pad, count, this.#states);
		if (parts === null || first === null) {
			this.#notices.tell("error", chopRefusal(pad, count, parts === null));
			return;
		}
		const before = parts.map((_, part) => [first + part, contentOf(this.#states[first + part]!)] as const);
		for (const [part, wanted] of parts.entries()) this.#put(first + part, wanted);
		this.#record(`Chop pad ${pad + 1} into ${count}`, before);
		this.#notices.tell("info", `The parts are on pads ${first + 1} to ${first + count}.`);
	}

	/** Replaces the content of all pads, of those without any by nothing, and stops what sounds. It cannot be undone. */
	open(contents: ReadonlyMap<number, PadContent>): void {
		this.leaving.notify(this);
		for (const [pad, state] of this.#states.entries()) {
			if (state !== emptyPad) this.#empty(pad);
			const content = contents.get(pad);
			if (content === undefined) continue;
			// Nothing sounds here, so the settings need not wait for the sample.
			this.#apply(pad, content.settings);
			if (content.wanted !== null) this.#load(pad, content.wanted);
		}
	}

	/** Drains the engine's loader events. */
	followLoads(): void {
		for (let event = this.#engine.pollLoaderEvents(); event !== null; event = this.#engine.pollLoaderEvents()) {
			this.#change(event.id, { type: "loader-event", event });
		}
	}

	/** Keeps what has been found in the pad's sample. */
	keepAnalysis(pad: number, analysis: SampleAnalysis): void {
		this.#change(pad, { type: "analyzed", analysis });
	}

	/** Sets what the pad's sample says of itself: no step of the history, but of the load that brought the sample. */
	follow(pad: number, settings: Partial<PadSettings>): void {
		const { sample } = this.#states[pad]!;
		if (sample !== null) this.#followed.set(pad, { source: sample.source, settings });
		this.#apply(pad, settings);
	}

	/** A sound with what it has said of itself before, so that edits since then find the same settings. */
	#withFollowed(pad: number, wanted: PadSource): PadSource {
		const followed = this.#followed.get(pad);
		if (followed?.source !== wanted.source) return wanted;
		return { ...wanted, settings: { ...this.#states[pad]!.settings, slicing: null, ...followed.settings } };
	}

	/** Unloads the pads that edits emptied, each when it has become silent. Called once per frame. */
	followActivity({ padState, voices }: Pick<Activity, "padState" | "voices">): void {
		if (this.#ringingOut.size === 0) return;
		for (const pad of this.#ringingOut) {
			const isAlive = voices[pad]! > 0 || (padState[pad] !== 0 && padState[pad] !== 4);
			// A load in flight would be cancelled.
			if (isAlive || isLoadLive(this.#states[pad]!)) continue;
			this.#notices.attempt(() => {
				this.#engine.unloadSample(pad);
				this.#ringingOut.delete(pad);
				this.#sendSettings(pad);
			});
		}
	}

	/** Records an edit that has replaced the content of pads. */
	#record(label: string, before: readonly (readonly [number, PadContent])[]): void {
		const after = before.map(([pad]) => [pad, contentOf(this.#states[pad]!)] as const);
		const putAll = (contents: typeof before) => (): void => {
			for (const [pad, content] of contents) this.#put(pad, content);
		};
		this.#history.record({ label, undo: putAll(before), redo: putAll(after) });
	}

	/** Gives a pad another content without stopping what sounds. A new sample brings the settings with it. */
	#put(pad: number, { wanted, settings }: PadContent): void {
		const state = this.#states[pad]!;
		if (wanted !== null && state.sample !== null && state.sample.source === wanted.source) {
			const { title, isDemo, color } = wanted;
			this.#change(pad, { type: "relabelled", title, isDemo, color });
		} else if (wanted !== null) {
			this.#load(pad, { ...wanted, settings });
			return;
		}
		if (state.load !== null) this.dismissLoad(pad);
		if (wanted === null) {
			if (state.sample !== null) this.#ringingOut.add(pad);
			this.#change(pad, { type: "emptied" });
		}
		this.#apply(pad, settings);
	}

	#load(pad: number, wanted: PadSource): boolean {
		return this.#notices.attempt(() => {
			// What is on the screen comes first.
			const priority = this.#banks.placeOf(pad) === null ? "normal" : "high";
			const requestId = this.#engine.loadSampleAsync(pad, this.readFrom(wanted.source), { priority });
			this.#change(pad, { type: "load-requested", requestId, wanted });
		});
	}

	#empty(pad: number): boolean {
		return this.#notices.attempt(() => {
			this.#engine.unloadSample(pad);
			this.#ringingOut.delete(pad);
			this.#change(pad, { type: "emptied" });
		});
	}

	#apply(pad: number, settings: Partial<PadSettings>): void {
		this.#change(pad, { type: "settings-changed", settings });
	}

	#change(pad: number, change: PadChange): void {
		const before = this.#states[pad]!;
		const after = changePad(before, change);
		if (after === before) return;
		this.#states[pad] = after;
		if (after.sample !== null) this.#ringingOut.delete(pad);
		if (!this.#ringingOut.has(pad)) this.#notices.attempt(() => this.#sendSettings(pad));
		this.changes.notify(pad);
	}

	/** Sends the engine what differs from what it has. */
	#sendSettings(pad: number): void {
		const { settings } = this.#states[pad]!;
		if (settings === this.#sent[pad]) return;
		const changed = changedSettings(this.#sent[pad]!, settings);
		if (Object.keys(changed).length > 0) this.#engine.pad(pad).set(changed);
		this.#sent[pad] = settings;
	}
}
