import { mustBe } from "./check-arguments.ts";
import { noFreeSlot } from "./errors.ts";
import type { Pad } from "./pad.ts";
import type { AwaitedLoadOptions, SampleInfo } from "./protocol/engine-types.ts";
import type { SampleSource } from "./protocol/sample-source.ts";

/** What named pads need of their engine. */
export interface NamedPadsAccess {
	/** How many pads there are. */
	readonly pads: () => number;
	readonly pad: (id: number) => Pad;
	readonly load: (id: number, source: SampleSource, options?: AwaitedLoadOptions) => Promise<SampleInfo>;
	/** Whether the slot holds no sample, and none is being loaded into it. */
	readonly isFree: (id: number) => boolean;
}

/**
 * Pads by name, for those who do not want to number them. Names take slots from the highest down, so that numbers counted from 0 stay
 * free for longest.
 */
export class NamedPads {
	readonly #access: NamedPadsAccess;
	readonly #slots: Map<string, number> = new Map();

	constructor(access: NamedPadsAccess) {
		this.#access = access;
	}

	/**
	 * Loads a sample onto the pad of that name, or onto the highest free one, which has the name from then on.
	 *
	 * @returns the pad, once the sample is loaded.
	 * @throws TypeError for wrong arguments, LooperError `no-free-slot`; the promise rejects as that of `loadSample`.
	 */
	load(name: string, source: SampleSource, options?: AwaitedLoadOptions): Promise<Pad> {
		if (typeof name !== "string") throw new TypeError(mustBe("name", "a text", name));
		const id = this.#slots.get(name) ?? this.#highestFree();
		const loading = this.#access.load(id, source, options);
		for (const [other, slot] of this.#slots) if (slot === id) this.#slots.delete(other);
		this.#slots.set(name, id);
		return loading.then(() => this.#access.pad(id));
	}

	#highestFree(): number {
		const pads = this.#access.pads();
		for (let id = pads - 1; id >= 0; id--) if (this.#access.isFree(id)) return id;
		throw noFreeSlot(pads);
	}
}
