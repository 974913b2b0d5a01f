import type { EntryKey, NoteKey } from "../cache/entry-name.ts";
import type { KeptSample } from "../cache/kept-sample.ts";
import type { PcmCache } from "../cache/pcm-cache.ts";
import type { LoadedSample, SampleIdentity } from "../protocol/loader-messages.ts";
import { seamFrames } from "../protocol/seam.ts";
import { GUARD_FRAMES } from "../protocol/shared-memory.ts";
import { MAX_READ_BYTES } from "../source/byte-source.ts";
import type { PipelineTools } from "./pipeline-tools.ts";
import { RegionWriter } from "./region-writer.ts";
import { PUBLISHING, READ_SHARE, READING, WORK_SHARE } from "./stages.ts";

const SAMPLE_BYTES = 4;
/** A file at least this large relative to its frames is hardly compressed: 16 bits per sample, or more. */
const UNPACKED_SHARE = 0.5;

/** The part of the pipeline's tools that the cache works with. */
export type CacheTools = Pick<PipelineTools, "pcm" | "cleaner" | "regions" | "progress" | "cancellation" | "cache">;

/** What a sample is made from. */
export type SampleOrigin = EntryKey & { readonly fileBytes: number; readonly fingerprint: string | null };

/**
 * Checks, by a source's fingerprint, whether its sample may be in the cache, so that hashing the source is worthwhile.
 *
 * Thread: loader.
 * @throws LooperError `cancelled`.
 */
export async function mayBeInCache(key: NoteKey, tools: CacheTools): Promise<boolean> {
	return (await withCache(tools, (cache) => cache.mayHave(key))) ?? false;
}

/**
 * Reads a sample from the cache into a region of its own. A damaged one is removed.
 *
 * Thread: loader.
 * @param strict - a sample with warnings is not wanted
 * @returns null when the sample has to be decoded: a failure here never fails the load.
 * @throws LooperError `cancelled`.
 */
export function readFromCache(key: SampleOrigin, strict: boolean, tools: CacheTools): Promise<LoadedSample | null> {
	return withCache(tools, async (cache) => {
		const kept = await cache.open(key);
		if (kept === null) return null;
		let sample: LoadedSample | null = null;
		try {
			if (strict && kept.description.warnings.length > 0) return null;
			sample = await readIntoRegion(kept, key, tools);
			if (sample !== null) {
				cache.countHit();
				kept.touch();
			}
		} finally {
			kept.close();
		}
		if (sample === null) {
			cache.countFailure();
			await cache.remove(key);
		}
		return sample;
	});
}

/** @returns null when the entry is not what was once kept. */
async function readIntoRegion(kept: KeptSample, key: SampleOrigin, tools: CacheTools): Promise<LoadedSample | null> {
	const { frames, channels, edgeFrames, warnings, recorded } = kept.description;
	const writer = new RegionWriter(tools.pcm, tools.regions, tools.cleaner, { channels, edgeFrames });
	const edges = new Float32Array(seamFrames(frames, edgeFrames) * channels);
	let edgesRead = 0;
	let isIntact = false;
	try {
		await writer.ensure(frames);
		for (const samples of kept.pieces()) {
			const own = samples.subarray(0, (frames - writer.frames) * channels);
			// Waits while much of it has not been sent.
			await writer.ensure(writer.frames);
			writer.append(own);
			edges.set(samples.subarray(own.length), edgesRead);
			edgesRead += samples.length - own.length;
			await tools.progress.at(READING, READ_SHARE + ((WORK_SHARE - READ_SHARE) * writer.frames) / frames);
		}
		isIntact = writer.frames === frames && edgesRead === edges.length && kept.isIntact();
	} finally {
		if (!isIntact && writer.address !== 0) tools.regions.release(writer.address);
	}
	if (!isIntact) return null;
	await tools.progress.at(PUBLISHING, WORK_SHARE);
	await writer.close(edges);
	const { address: regionAddress, peak, waveform } = writer;
	const identity = identityOf(key, writer);
	return { regionAddress, frames, channels, edgeFrames, peak, waveform, warnings, identity, recorded };
}

/** @returns what the written sample was made from. */
export function identityOf(origin: Omit<SampleIdentity, "pcmChecksum">, writer: RegionWriter): SampleIdentity {
	const { contentHash, fileBytes, trimEncoderDelay } = origin;
	return { contentHash, fileBytes, trimEncoderDelay, pcmChecksum: writer.pcmChecksum };
}

/** Whether reading the frames is less work than decoding the file again; the file is read to be recognized either way. */
export function isWorthKeeping(sample: LoadedSample, engineSampleRate: number, fileBytes: number): boolean {
	const pcmBytes = sample.frames * sample.channels * SAMPLE_BYTES;
	return sample.recorded.sampleRate !== engineSampleRate || fileBytes < pcmBytes * UNPACKED_SHARE;
}

/**
 * Keeps a complete sample for later runs. A failure here never fails the load.
 *
 * Thread: loader, before it hands the region over.
 * @throws LooperError `cancelled`.
 */
export async function keepInCache(key: SampleOrigin, sample: LoadedSample, tools: CacheTools): Promise<void> {
	const { regionAddress, frames, channels, edgeFrames, warnings, recorded } = sample;
	await withCache(tools, async (cache) => {
		const keeper = await cache.create(key, { frames, channels, edgeFrames, warnings, recorded });
		if (keeper === null) return;
		try {
			const frameBytes = channels * SAMPLE_BYTES;
			const start = regionAddress + GUARD_FRAMES * frameBytes;
			const end = start + frames * frameBytes;
			const edgesStart = end + GUARD_FRAMES * frameBytes;
			// Files cannot be written from shared memory everywhere.
			const piece = new Uint8Array(Math.min(MAX_READ_BYTES, end - start));
			const keep = async (from: number, to: number): Promise<void> => {
				for (let address = from; address < to; address += piece.length) {
					const bytes = piece.subarray(0, to - address);
					await tools.pcm.read(address, bytes);
					keeper.append(bytes);
					const share = Math.min((address - start) / (end - start), 1);
					await tools.progress.at(PUBLISHING, WORK_SHARE + (1 - WORK_SHARE) * share);
				}
			};
			await keep(start, end);
			await keep(edgesStart, edgesStart + seamFrames(frames, edgeFrames) * frameBytes);
			await keeper.finish();
		} catch (error) {
			await keeper.discard();
			throw error;
		}
		if (key.fingerprint !== null) await cache.note({ ...key, fingerprint: key.fingerprint }, key);
	});
}

/** Swallows the cache's failures, but not the load's cancellation. */
async function withCache<T>(
	{ cache, cancellation }: CacheTools,
	work: (cache: PcmCache) => Promise<T>,
): Promise<T | null> {
	if (cache === null) return null;
	try {
		return await work(cache);
	} catch {
		cancellation.check();
		cache.countFailure();
		return null;
	}
}
