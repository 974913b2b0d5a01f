import type { LooperError } from "../src/errors.ts";
import type { LoadRequest } from "../src/loading/load-request.ts";
import { Loader, type Publisher } from "../src/loading/loader.ts";
import type { ContentKeys } from "../src/memory/content-index.ts";
import type { SampleMemory } from "../src/memory/sample-memory.ts";
import type { SampleInfo } from "../src/protocol/engine-types.ts";
import type { LoadedSample } from "../src/protocol/loader-messages.ts";
import { type FakeHost, fakePool } from "./fake-loader-threads.ts";

/** Publishes into a list, counts references to real memory, and can simulate a full control ring. */
class FakePublisher implements Publisher {
	readonly published: { readonly slot: number; readonly address: number; readonly name: string }[] = [];
	readonly keys: string[] = [];
	/** References by loads, per region. */
	readonly references: Map<number, number> = new Map();
	readonly #contents: Map<string, LoadedSample> = new Map();
	readonly #fingerprints: Map<LoadedSample, string | null> = new Map();
	readonly #memory: SampleMemory;
	isFull = false;
	failure: LooperError | null = null;

	constructor(memory: SampleMemory) {
		this.#memory = memory;
	}

	retain(sample: LoadedSample, { key, fingerprintKey }: ContentKeys): void {
		this.keys.push(key);
		this.#contents.set(key, sample);
		this.#fingerprints.set(sample, fingerprintKey);
		this.#change(sample, 1);
	}

	hasFingerprint(fingerprintKey: string): boolean {
		return [...this.#contents.values()].some((sample) => this.#fingerprints.get(sample) === fingerprintKey);
	}

	share(contentKey: string): LoadedSample | null {
		const sample = this.#contents.get(contentKey);
		if (sample === undefined) return null;
		this.#change(sample, 1);
		return sample;
	}

	release(sample: LoadedSample): void {
		this.#change(sample, -1);
		if (this.references.get(sample.regionAddress) !== 0) return;
		const isPlayed = this.published.some(({ address }) => address === sample.regionAddress);
		if (isPlayed) return;
		for (const [key, { regionAddress }] of this.#contents) {
			if (regionAddress === sample.regionAddress) this.#contents.delete(key);
		}
		this.#memory.free(sample.regionAddress);
	}

	publish(slot: number, name: string, { regionAddress, frames, channels, peak, warnings, recorded }: LoadedSample) {
		if (this.failure !== null) throw this.failure;
		if (this.isFull) return null;
		this.published.push({ slot, address: regionAddress, name });
		const info: SampleInfo = { frames, channels, durationSec: 1, peak, warnings, source: { name, ...recorded } };
		return info;
	}

	#change({ regionAddress }: LoadedSample, by: number): void {
		const references = (this.references.get(regionAddress) ?? 0) + by;
		if (references < 0) throw new Error(`Region ${regionAddress} was released once too often.`);
		this.references.set(regionAddress, references);
	}

	/** References not released yet. */
	get referenceCount(): number {
		return [...this.references.values()].reduce((sum, references) => sum + references, 0);
	}
}

/** A loader over fake threads and a fake publisher, and its events. */
export class LoaderHarness {
	readonly host: FakeHost;
	readonly memory: SampleMemory;
	readonly publisher: FakePublisher;
	readonly loader: Loader;
	/** All events of all requests, in order. */
	readonly events: string[] = [];
	readonly #requests: LoadRequest[] = [];
	isShutDown = false;

	constructor(threads: number) {
		const { host, pool, memory } = fakePool(threads);
		this.host = host;
		this.memory = memory;
		this.publisher = new FakePublisher(memory);
		this.loader = new Loader(pool, () => (this.isShutDown ? null : this.publisher), host);
	}

	start(slot: number, options: Partial<LoadRequest> = {}): LoadRequest {
		const requestId = this.#requests.length + 1;
		const log = (what: string): void => void this.events.push(`${requestId} ${what}`);
		const request: LoadRequest = {
			slot,
			requestId,
			sourceName: `file ${requestId}`,
			source: { kind: "path", path: `/${requestId}` },
			isUrgent: false,
			strict: false,
			trimEncoderDelay: true,
			observer: {
				started: () => log("started"),
				progress: (percent, stage) => log(`${percent} ${stage}`),
				succeeded: ({ frames }) => log(`success ${frames}`),
				failed: ({ code, message }) => log(`${code}: ${message}`),
			},
			...options,
		};
		this.#requests.push(request);
		this.loader.start(request);
		return request;
	}

	/** The events since the last call. */
	take(): string[] {
		return this.events.splice(0);
	}
}

/** The events of a successful load. */
export const SUCCESS: readonly string[] = ["1 Loading (publishing)", "success 100"];
