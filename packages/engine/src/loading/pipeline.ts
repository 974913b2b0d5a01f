import type { Decoder } from "../decode/decoder.ts";
import { openDecoder } from "../decode/open-decoder.ts";
import { readingAhead } from "../decode/reading-ahead.ts";
import { MalformedAudioError } from "../errors.ts";
import { isReadOnce, type LoadSource } from "../protocol/load-source.ts";
import type { LoadedSample, LoadRequestMessage } from "../protocol/loader-messages.ts";
import { keyField } from "../protocol/musical-key.ts";
import { NO_METADATA, validMetadata } from "../protocol/sample-metadata.ts";
import { resampledFrames } from "../resample/ratio.ts";
import type { Resampler } from "../resample/resampler.ts";
import { SeamBuilder } from "../resample/seam-builder.ts";
import { type OpenedSource, openSource } from "../source/open-source.ts";
import { identityOf, isWorthKeeping, keepInCache, mayBeInCache, readFromCache } from "./cached-load.ts";
import { InPlaceCleaner } from "./pcm-cleaner.ts";
import type { PipelineTools } from "./pipeline-tools.ts";
import type { ProgressReporter } from "./progress-reporter.ts";
import { RegionWriter } from "./region-writer.ts";
import { SampleSpan } from "./sample-span.ts";
import { DECODING, PUBLISHING, READ_SHARE, READING, RESAMPLING, RETRYING, type Stage, WORK_SHARE } from "./stages.ts";

/** How a recording is brought to the engine's rate. */
interface Resampling {
	readonly resampler: Resampler;
	readonly seam: SeamBuilder;
}

/** What becomes of a load: a sample, or, when that lies in memory already, the source if its sender no longer has it. */
type LoadOutcome = { readonly sample: LoadedSample } | { readonly sample: null; readonly source: LoadSource | null };

/** Share of decoding in the work of a load that is resampled, too. */
const DECODING_SHARE = 0.6;
/** Share of the work that scanning takes, for formats that are scanned before they are decoded. */
const SCAN_SHARE = 0.1;
/** Frames resampled before messages are handled again. */
const RESAMPLE_FRAMES = 16_384;

/**
 * One load from source to region: read, decode, resample, write; or read from the cache what an earlier run decoded.
 *
 * Thread: loader.
 * @returns the sample, or how the source can be read again when the content lies in memory already.
 * @throws LooperError; the control thread then frees the regions allocated meanwhile.
 */
export async function loadSample(request: LoadRequestMessage, tools: PipelineTools): Promise<LoadOutcome> {
	const { progress, cancellation } = tools;
	await progress.at(READING, 0);
	const opened = await openSource(request.source, tools.sources, cancellation, {
		memoryBudget: request.memoryBudget,
		onBytes: (read, total) => progress.at(READING, READ_SHARE * (total === null ? 0 : Math.min(read / total, 1))),
		onRetry: () => progress.at(RETRYING, 0),
		mayBeKnown: async (fingerprint) =>
			(await mayBeInCache({ ...request, fingerprint }, tools)) || !(await tools.recognize(fingerprint)),
	});
	const { source, fingerprint } = opened;
	try {
		cancellation.check();
		const origin = { ...request, fingerprint, fileBytes: source.bytes.byteLength };
		if (opened.contentHash !== null) {
			if (!(await tools.identify(opened.contentHash, fingerprint))) {
				const kept = isReadOnce(request.source) ? (source.keep?.() ?? null) : null;
				return { sample: null, source: kept };
			}
			const kept = await readFromCache({ ...origin, contentHash: opened.contentHash }, request.strict, tools);
			if (kept !== null) return { sample: kept };
		}
		const sample = await decodeSample(request, opened, tools).catch(async (error: unknown) => {
			// A file that changes while it is decoded says nothing about the content that was hashed.
			await source.checkUnchanged();
			throw error;
		});
		await source.checkUnchanged();
		if (isWorthKeeping(sample, request.engineSampleRate, source.bytes.byteLength))
			await keepInCache({ ...origin, contentHash: sample.identity.contentHash }, sample, tools);
		return { sample };
	} finally {
		await source.close();
	}
}

async function decodeSample(
	request: LoadRequestMessage,
	{ source: { bytes }, nameContent }: OpenedSource,
	tools: PipelineTools,
): Promise<LoadedSample> {
	const { progress, loaderModule, files, platformAudio } = tools;
	const { strict, trimEncoderDelay, engineSampleRate } = request;
	await progress.at(DECODING, READ_SHARE);
	let scannedShare = 0;
	const onScan = async (fraction: number): Promise<void> => {
		scannedShare = SCAN_SHARE * fraction;
		await bytes.prepare?.();
		await progress.at(DECODING, workPercent(scannedShare));
	};
	const opened = await openDecoder(bytes, { loaderModule, files, platformAudio, strict, trimEncoderDelay, onScan });
	const decoder = readingAhead(opened, bytes, scannedShare);
	try {
		const resampling = beginResampling(decoder, engineSampleRate, tools);
		const { channels } = decoder.format;
		const edgeFrames = resampling?.seam.edgeFrames ?? 0;
		const writer = new RegionWriter(tools.pcm, tools.regions, tools.cleaner, { channels, edgeFrames });
		const decodedFrames = await decodeInto(writer, decoder, resampling, tools.progress);
		const said = decoder.readMetadata?.() ?? NO_METADATA;
		const metadata = { ...validMetadata(said, decodedFrames), ...keyField(said.key) };
		await progress.at(PUBLISHING, WORK_SHARE);
		const contentHash = await nameContent(() => progress.at(PUBLISHING, WORK_SHARE));
		await writer.close(resampling?.seam.build(writer.frames));
		const identity = identityOf({ contentHash, fileBytes: bytes.byteLength, trimEncoderDelay }, writer);
		const recorded = { frames: decodedFrames, metadata };
		const format = request.source.kind === "pcm" ? "PCM" : decoder.format.name;
		return { ...describe(writer, decoder, { ...recorded, format }), edgeFrames, identity };
	} finally {
		decoder.close();
	}
}

/** @returns null when the recording has the engine's rate already. */
function beginResampling({ format }: Decoder, engineSampleRate: number, tools: PipelineTools): Resampling | null {
	const { sampleRate, channels } = format;
	if (sampleRate === engineSampleRate) return null;
	const resampler = tools.resamplerFor(sampleRate, engineSampleRate, channels);
	return { resampler, seam: new SeamBuilder(resampler) };
}

/** @returns the frames decoded, at the recording's rate. */
async function decodeInto(
	writer: RegionWriter,
	decoder: Decoder,
	resampling: Resampling | null,
	progress: ProgressReporter,
): Promise<number> {
	const { sampleRate, frames: declaredFrames } = decoder.format;
	const outputRate = resampling?.resampler.options.outputRate ?? sampleRate;
	await writer.ensure(Math.max(resampledFrames(declaredFrames, sampleRate, outputRate), 1));
	const frames =
		resampling === null
			? await decodeStraight(writer, decoder, progress)
			: await decodeAndResample(writer, decoder, resampling, progress);
	if (frames === 0) throw new MalformedAudioError(0, "The file holds no audio. Export it again.");
	return frames;
}

async function decodeStraight(writer: RegionWriter, decoder: Decoder, progress: ProgressReporter): Promise<number> {
	for await (const { samples, fraction } of decoder.chunks()) {
		await writer.ensure(writer.frames + samples.length / decoder.format.channels);
		writer.append(samples);
		await progress.at(DECODING, workPercent(fraction));
	}
	return writer.frames;
}

/**
 * Decodes and resamples in turns, a span of bounded size at a time. Resampling is reported as a stage of its own when nothing
 * is left to decode: a text that changed with every span could not be read.
 */
async function decodeAndResample(
	writer: RegionWriter,
	decoder: Decoder,
	{ resampler, seam }: Resampling,
	progress: ProgressReporter,
): Promise<number> {
	const { inputRate, outputRate, channels } = resampler.options;
	const span = new SampleSpan(channels);
	const cleaner = new InPlaceCleaner(resampler.instance);
	const append = (output: Float32Array): void => writer.append(output, cleaner);
	let decodedFrames = 0;
	let resampled = 0;
	/** Share of the decoded audio whose work is done. */
	const done = (): number => DECODING_SHARE + ((1 - DECODING_SHARE) * resampled) / Math.max(decodedFrames, 1);
	const resampleSpan = async (stage: Stage, fraction: number): Promise<void> => {
		for (const piece of span.takePieces(RESAMPLE_FRAMES)) {
			resampled += piece.length / channels;
			await writer.ensure(resampledFrames(resampled, inputRate, outputRate));
			seam.take(piece);
			resampler.push(piece, append);
			await progress.at(stage, workPercent(fraction * done()));
		}
	};
	resampler.reset();
	let fraction = 0;
	for await (const chunk of decoder.chunks()) {
		if (!span.hasRoomFor(chunk.samples)) await resampleSpan(DECODING, fraction);
		span.append(chunk.samples);
		decodedFrames += chunk.samples.length / channels;
		fraction = chunk.fraction;
		await progress.at(DECODING, workPercent(fraction * done()));
	}
	await resampleSpan(RESAMPLING, 1);
	resampler.flush(append);
	return decodedFrames;
}

function workPercent(fraction: number): number {
	return READ_SHARE + (WORK_SHARE - READ_SHARE) * fraction;
}

function describe(
	writer: RegionWriter,
	decoder: Decoder,
	recorded: Pick<LoadedSample["recorded"], "format" | "frames" | "metadata">,
): Omit<LoadedSample, "identity" | "edgeFrames"> {
	const { sampleRate, channels } = decoder.format;
	return {
		regionAddress: writer.address,
		frames: writer.frames,
		channels,
		peak: writer.peak,
		waveform: writer.waveform,
		warnings: [...decoder.warnings],
		recorded: { sampleRate, channels, ...recorded },
	};
}
