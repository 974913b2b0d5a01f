import { CacheRoom } from "../cache/cache-room.ts";
import { CHECKSUM_BYTES, Checksum } from "../cache/checksum.ts";
import { analysisName } from "../cache/entry-name.ts";
import { hasKeys } from "../cache/entry-values.ts";
import type { PcmStore } from "../cache/pcm-store.ts";
import type { SampleAnalysis } from "../protocol/sample-analysis.ts";
import { type ByteSource, MAX_READ_BYTES } from "../source/byte-source.ts";
import { checkAnalysis } from "./check-analysis.ts";

/** Incremented with every change to the entries, and to the analysis that may change an answer. */
const ANALYSIS_VERSION = 4;
/** The quarters of a name are hashes of the same key. */
const SEEDS = [0, 1, 2, 3] as const;

/** What an answer belongs to. */
export interface AnalysisKey {
	/** Names the frames and everything else that the answer depends on, in ASCII. */
	readonly text: string;
	readonly durationSec: number;
}

/**
 * Answers of the detector, kept beside decoded samples from one run to the next.
 *
 * Entries are untrusted and shared, as those of `PcmCache`, with which they have one limit. No method throws: an answer that cannot be read
 * is found again. Thread: analysis.
 */
export class KeptAnalyses {
	readonly #store: PcmStore;
	readonly #room: CacheRoom;
	readonly #loaderModule: WebAssembly.Module;
	#checksum: Checksum | null = null;

	/**
	 * @param limitBytes - limit for all entries of the store together
	 * @param loaderModule - the built `loader.wasm`
	 */
	constructor(store: PcmStore, limitBytes: number, loaderModule: WebAssembly.Module) {
		this.#loaderModule = loaderModule;
		this.#store = store;
		this.#room = new CacheRoom(store, limitBytes);
	}

	/** @returns null where there is no answer, or a damaged one, which is removed. */
	async find(key: AnalysisKey): Promise<SampleAnalysis | null> {
		try {
			const name = this.#nameOf(key);
			const entry = await this.#store.open(name);
			if (entry === null) return null;
			let analysis: SampleAnalysis | null = null;
			try {
				analysis = this.#readEntry(entry.bytes, key);
				if (analysis !== null) entry.touch();
			} finally {
				entry.close();
			}
			if (analysis === null) await this.#store.remove(name);
			return analysis;
		} catch {
			return null;
		}
	}

	/** Keeps an answer, if there is room for it. */
	async keep(key: AnalysisKey, analysis: SampleAnalysis): Promise<void> {
		const text = JSON.stringify({ key: key.text, analysis });
		const bytes = bytesOf(text);
		if (bytes.length + CHECKSUM_BYTES > MAX_READ_BYTES) return;
		try {
			if (!(await this.#room.take(bytes.length + CHECKSUM_BYTES))) return;
			const checksum = this.#hasher.begin().update(bytes).digestBytes();
			const entry = await this.#store.create(this.#nameOf(key));
			if (entry === null) return;
			try {
				entry.append(bytes);
				entry.append(checksum);
				await entry.finish();
			} catch {
				await entry.discard();
			}
		} catch {
			// The next session finds it again.
		}
	}

	/** Made when it is first needed: a session may analyse nothing. */
	get #hasher(): Checksum {
		this.#checksum ??= new Checksum(this.#loaderModule);
		return this.#checksum;
	}

	#nameOf({ text }: AnalysisKey): string {
		const bytes = bytesOf(text);
		const quarters = SEEDS.map((seed) => this.#hasher.begin(seed).update(bytes).digest());
		return analysisName(quarters.join(""), ANALYSIS_VERSION);
	}

	/** @returns null unless it is intact, and belongs to the key. */
	#readEntry(source: ByteSource, { text, durationSec }: AnalysisKey): SampleAnalysis | null {
		const length = source.byteLength - CHECKSUM_BYTES;
		if (length <= 0 || source.byteLength > MAX_READ_BYTES) return null;
		const bytes = source.read(0, source.byteLength).slice();
		const checksum = this.#hasher.begin().update(bytes.subarray(0, length)).digestBytes();
		if (bytes.length < source.byteLength || checksum.some((byte, index) => byte !== bytes[length + index])) return null;
		try {
			const value: unknown = JSON.parse(
				Array.from(bytes.subarray(0, length), (code) => String.fromCharCode(code)).join(""),
			);
			return hasKeys(value, "key", "analysis") && value.key === text
				? checkAnalysis(value.analysis, durationSec)
				: null;
		} catch {
			return null;
		}
	}
}

/** Of a text in ASCII. */
function bytesOf(text: string): Uint8Array {
	return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
