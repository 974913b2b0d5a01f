import { emptyPad, LooperError } from "../errors.ts";
import type { CommandOutlet } from "../playback/command-outlet.ts";
import type { PublishedSample } from "../playback/sample-publisher.ts";
import type { Slice, SliceOptions } from "../protocol/slice.ts";
import type { CommandWriter } from "../rings/command-writer.ts";
import { IMMEDIATELY } from "../rings/moment.ts";
import { sliceCommands } from "../rings/slice-words.ts";
import type { Slicer } from "./slicer.ts";

/** What slices of pads need of their engine. */
export interface PadSlicesAccess {
	readonly outlet: CommandOutlet;
	/** What a slot holds; null when it is empty. */
	readonly published: (id: number) => PublishedSample | null;
	/** What checks and finds slices, which is imported for the first. */
	readonly slicer: () => Promise<Slicer>;
}

/** The slices of every pad's sample, as they were sent last. Thread: control. */
export class PadSlices {
	readonly #access: PadSlicesAccess;
	readonly #kept: Map<number, { readonly sample: PublishedSample; readonly slices: readonly Slice[] }> = new Map();
	/** Each pad's latest call that asks for something that there may be. */
	readonly #calls: Map<number, number> = new Map();
	/** Numbers the calls in their order. */
	#lastCall = 0;

	constructor(access: PadSlicesAccess) {
		this.#access = access;
	}

	/** The slices of what a pad holds. */
	of(id: number): readonly Slice[] {
		const kept = this.#kept.get(id);
		return kept !== undefined && kept.sample === this.#access.published(id) ? kept.slices : [];
	}

	/** Finds slices and sends them. @throws as `pad.slice` */
	slice(id: number, options: SliceOptions | undefined): Promise<readonly Slice[]> {
		return this.#replace(id, (slicer, sample) => slicer.prepare(sample, options));
	}

	/** Checks slices and sends them. @throws as `pad.setSlices` */
	async setSlices(id: number, slices: readonly Slice[]): Promise<void> {
		await this.#replace(id, (slicer, sample) => {
			const checked = slicer.check(sample, slices);
			return () => checked;
		});
	}

	/** Sends all slices to an audio thread that has just been started. */
	restore(writer: CommandWriter): void {
		for (const id of this.#kept.keys()) {
			const slices = this.of(id);
			if (slices.length > 0) writer.setSlices(id, slices);
		}
	}

	/** @param prepare - checks the arguments, before another call ends */
	async #replace(
		id: number,
		prepare: (slicer: Slicer, sample: PublishedSample) => () => readonly Slice[] | Promise<readonly Slice[]>,
	): Promise<readonly Slice[]> {
		const sample = this.#access.published(id);
		const call = ++this.#lastCall;
		// A closed engine holds nothing, but says that it is closed.
		const slicer = await this.#access.slicer();
		if (sample === null) throw emptyPad(id);
		const check = (): void => {
			if ((this.#calls.get(id) ?? 0) <= call && this.#access.published(id) === sample) return;
			throw new LooperError("cancelled", `Pad ${id} has got other slices or another sample meanwhile. Slice it again.`);
		};
		const find = prepare(slicer, sample);
		check();
		this.#calls.set(id, call);
		const slices = await find();
		check();
		this.#access.outlet.send(sliceCommands(slices.length), IMMEDIATELY, (writer) => writer.setSlices(id, slices));
		this.#kept.set(id, { sample, slices });
		return slices;
	}
}
