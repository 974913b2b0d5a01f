import { LooperError } from "../errors.ts";
import type { EngineMemory } from "../memory/engine-memory.ts";
import type { SampleMemory } from "../memory/sample-memory.ts";
import { CAPTURE_CAPACITY, CAPTURE_FRAME_BYTES, CAPTURE_HEADER_BYTES } from "../protocol/capture-ring.ts";

/** What a ring holds at least: how long the recording thread may be busy with other things. */
const RING_SECONDS = 4;

/** The rings that the audio thread captures into, allocated when they are first needed and kept. Thread: control. */
export class CaptureRings {
	readonly #memory: EngineMemory;
	readonly #samples: SampleMemory;
	readonly #capacity: number;
	readonly #addresses: Map<number, Promise<number>> = new Map();

	constructor(memory: EngineMemory, samples: SampleMemory, sampleRate: number) {
		this.#memory = memory;
		this.#samples = samples;
		this.#capacity = 2 ** Math.ceil(Math.log2(RING_SECONDS * sampleRate));
	}

	/** The address of a ring. @param number - one of the CAPTURE constants; @throws LooperError `out-of-memory`. */
	address(number: number): Promise<number> {
		const known = this.#addresses.get(number);
		if (known !== undefined) return known;
		const address = this.#allocate(number).catch((cause: unknown) => {
			this.#addresses.delete(number);
			throw this.#refusal(cause);
		});
		this.#addresses.set(number, address);
		return address;
	}

	async #allocate(number: number): Promise<number> {
		const { address } = this.#samples.allocate(this.#bytes);
		if ((await this.#samples.granted(address)) === false) {
			this.#samples.release(address);
			throw new Error("The platform grants no memory.");
		}
		const header = new Int32Array(CAPTURE_HEADER_BYTES / 4);
		header[CAPTURE_CAPACITY / 4] = this.#capacity;
		this.#memory.write(address, header);
		this.#memory.setCaptureRing(number, address);
		return address;
	}

	get #bytes(): number {
		return CAPTURE_HEADER_BYTES + this.#capacity * CAPTURE_FRAME_BYTES;
	}

	#refusal(cause: unknown): LooperError {
		const mebibytes = (this.#bytes / 2 ** 20).toFixed(1);
		const message = `Recording needs ${mebibytes} MiB of the memory budget. Unload samples, or raise memoryBudget.`;
		return new LooperError("out-of-memory", message, { cause });
	}
}
