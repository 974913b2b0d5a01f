import type { PacketPlace } from "./packet-stream.ts";

/** Where to start decoding so that a frame is the same as in an unbroken decode. */
interface EntryPoint {
	/** Packets decoded first, whose frames are discarded. */
	readonly preroll: readonly PacketPlace[];
	readonly places: Iterable<PacketPlace>;
	/** The first frame of the first of `places`. */
	readonly start: number;
}

/** All packets of a stream in memory, for non-sequential playback. */
export class PacketIndex {
	readonly #places: readonly PacketPlace[];
	/** The first frame of each packet, at the codec's declared rate. */
	readonly #starts: readonly number[];

	constructor(packets: Iterable<PacketPlace>) {
		this.#places = [...packets];
		let start = 0;
		this.#starts = this.#places.map(({ frames }) => {
			const own = start;
			start += frames;
			return own;
		});
	}

	/** @param frame - at the codec's declared rate */
	entryAt(frame: number, prerollPackets: number): EntryPoint {
		const first = Math.max(0, this.#countUpTo(frame) - 1);
		return {
			preroll: this.#places.slice(Math.max(0, first - prerollPackets), first),
			places: this.#from(first),
			start: this.#starts[first] ?? 0,
		};
	}

	*#from(first: number): Generator<PacketPlace, void, undefined> {
		for (let packet = first; packet < this.#places.length; packet++) yield this.#places[packet]!;
	}

	/** Packets that begin at or before a frame. */
	#countUpTo(frame: number): number {
		let [low, high] = [0, this.#starts.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if (this.#starts[middle]! <= frame) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}
