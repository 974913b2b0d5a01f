import { createXXHash64 } from "hash-wasm";
import { CacheRoom } from "../cache/cache-room.ts";
import { CHECKSUM_BYTES } from "../cache/entry-head.ts";
import { analysisName } from "../cache/entry-name.ts";
import { hasKeys } from "../cache/entry-values.ts";
import type { PcmStore } from "../cache/pcm-store.ts";
import type { SampleAnalysis } from "../protocol/sample-analysis.ts";
import { type ByteSource, MAX_READ_BYTES } from "../source/byte-source.ts";
import { checkAnalysis } from "./check-analysis.ts";

/** Incremented with every change to the entries, and to the analysis that may change an answer. */
const ANALYSIS_VERSION = 3;
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

	/** @param limitBytes - limit for all entries of the store together */
	constructor(store: PcmStore, limitBytes: number) {
		this.#store = store;
		this.#room = new CacheRoom(store, limitBytes);
	}

	/** @returns null where there is no answer, or a damaged one, which is removed. */
	async find(key: AnalysisKey): Promise<SampleAnalysis | null> {
		try {
			const name = await nameOf(key);
			const entry = await this.#store.open(name);
			if (entry === null) return null;
			let analysis: SampleAnalysis | null = null;
			try {
				analysis = await readEntry(entry.bytes, key);
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
		const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
		if (bytes.length + CHECKSUM_BYTES > MAX_READ_BYTES) return;
		try {
			if (!(await this.#room.take(bytes.length + CHECKSUM_BYTES))) return;
			const checksum = await checksumOf(bytes);
			const entry = await this.#store.create(await nameOf(key));
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
}

async function nameOf({ text }: AnalysisKey): Promise<string> {
	const quarters = await Promise.all(
		SEEDS.map(async (seed) => (await createXXHash64(seed)).init().update(text).digest("hex")),
	);
	return analysisName(quarters.join(""), ANALYSIS_VERSION);
}

async function checksumOf(bytes: Uint8Array): Promise<Uint8Array> {
	return (await createXXHash64()).init().update(bytes).digest("binary");
}

/** @returns null unless it is intact, and belongs to the key. */
async function readEntry(source: ByteSource, { text, durationSec }: AnalysisKey): Promise<SampleAnalysis | null> {
	const length = source.byteLength - CHECKSUM_BYTES;
	if (length <= 0 || source.byteLength > MAX_READ_BYTES) return null;
	const bytes = source.read(0, source.byteLength).slice();
	const checksum = await checksumOf(bytes.subarray(0, length));
	if (bytes.length < source.byteLength || checksum.some((byte, index) => byte !== bytes[length + index])) return null;
	try {
		const value: unknown = JSON.parse(
			Array.from(bytes.subarray(0, length), (code) => String.fromCharCode(code)).join(""),
		);
		return hasKeys(value, "key", "analysis") && value.key === text ? checkAnalysis(value.analysis, durationSec) : null;
	} catch {
		return null;
	}
}
