import { Listeners } from "../instrument/listeners.ts";
import type { LooperEngine } from "../instrument/looper-engine.ts";
import { messageOf, type Notices } from "../instrument/notices.ts";
import { type PadSample, type PadSlicing, usualSensitivity } from "../instrument/pad-state.ts";
import type { Pads } from "../instrument/pads.ts";

/** What slices need of the instrument. */
interface SlicesParts {
	readonly pads: Pads;
	readonly notices: Notices;
}

/** Cuts the samples of pads that follow the tempo by slices: where the performer says, or where sounds are found to begin. */
export class PadSlices {
	/** The numbers of pads whose search has begun or ended. */
	readonly changes: Listeners<number> = new Listeners();
	readonly #engine: Pick<LooperEngine, "pad">;
	readonly #pads: Pads;
	readonly #notices: Notices;
	/** What the engine has been asked for. */
	readonly #sent = new WeakMap<PadSample, PadSlicing>();
	/** Samples in which it has been looked for onsets without being asked. */
	readonly #searched = new WeakSet<PadSample>();
	readonly #searching = new Map<number, number>();

	constructor(engine: Pick<LooperEngine, "pad">, { pads, notices }: SlicesParts) {
		this.#engine = engine;
		this.#pads = pads;
		this.#notices = notices;
		pads.changes.add((pad) => this.#follow(pad));
		for (const pad of pads.states.keys()) this.#follow(pad);
	}

	/** Whether onsets of the pad's sample are being looked for. */
	isSearching(pad: number): boolean {
		return (this.#searching.get(pad) ?? 0) > 0;
	}

	/** Replaces the slices by those found with another sensitivity. @param gesture - as `Pads.set` */
	async find(pad: number, sensitivity: number, gesture: string): Promise<void> {
		const tail = this.#pads.states[pad]!.settings.slicing?.tail ?? "loop";
		const slicing = await this.#search(pad, { sensitivity, tail });
		if (slicing !== null) this.#pads.set(pad, { slicing }, gesture);
	}

	/** Chops the pad by its slices: each goes on one of the empty pads that follow. */
	chop(pad: number): void {
		const { slicing } = this.#pads.states[pad]!.settings;
		const info = this.#pads.sampleInfo(pad);
		if (slicing === null || info === null) return;
		this.#pads.chop(
			pad,
			slicing.onsetsSec.map((seconds) => seconds * info.source.sampleRate),
		);
	}

	#follow(pad: number): void {
		const { sample, settings } = this.#pads.states[pad]!;
		if (sample === null || settings.sync !== "slices") return;
		if (settings.slicing !== null) void this.#send(pad, sample, settings.slicing);
		else if (!this.#searched.has(sample)) void this.#findFirst(pad, sample);
	}

	async #findFirst(pad: number, sample: PadSample): Promise<void> {
		this.#searched.add(sample);
		const slicing = await this.#search(pad, { sensitivity: usualSensitivity, tail: "loop" });
		// The mode was an edit, and what it needs is no other one.
		if (slicing !== null && this.#pads.states[pad]!.settings.slicing === null) this.#pads.follow(pad, { slicing });
	}

	async #send(pad: number, sample: PadSample, slicing: PadSlicing): Promise<void> {
		if (this.#sent.get(sample) === slicing) return;
		this.#sent.set(sample, slicing);
		const { onsetsSec, tail } = slicing;
		await this.#sliced(pad, () => this.#engine.pad(pad).slice({ onsetsSec, tail }));
	}

	async #search(pad: number, how: Pick<PadSlicing, "sensitivity" | "tail">): Promise<PadSlicing | null> {
		const { sample } = this.#pads.states[pad]!;
		const info = this.#pads.sampleInfo(pad);
		if (sample === null || info === null) return null;
		this.#count(pad, 1);
		const slices = await this.#sliced(pad, () => this.#engine.pad(pad).slice(how));
		this.#count(pad, -1);
		if (slices === null || this.#pads.states[pad]!.sample !== sample) return null;
		const onsetsSec = slices.map(({ onsetFrame }) => onsetFrame / info.source.sampleRate);
		const slicing = { onsetsSec, ...how };
		this.#sent.set(sample, slicing);
		return slicing;
	}

	/** @returns null where it failed, which the performer is told, or where something later has taken its place */
	async #sliced<Slices>(pad: number, slice: () => Promise<Slices>): Promise<Slices | null> {
		try {
			return await slice();
		} catch (error) {
			const isReplaced = error instanceof Error && "code" in error && error.code === "cancelled";
			if (!isReplaced) this.#notices.tell("error", `Pad ${pad + 1} has no slices: ${messageOf(error)}`);
			return null;
		}
	}

	#count(pad: number, change: 1 | -1): void {
		this.#searching.set(pad, (this.#searching.get(pad) ?? 0) + change);
		this.changes.notify(pad);
	}
}
