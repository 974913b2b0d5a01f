import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { LooperError, type Performance, parsePerformance, renderPerformance, type WavFormat } from "flitzis-looper";
import { DecodeBar } from "../presentation/decode-bar.ts";
import { printable } from "../presentation/printable.ts";
import { fileProblem } from "../reading/file-problem.ts";
import { readInput } from "../reading/read-input.ts";
import { findSamples, type MissingSample } from "../rendering/sample-search.ts";
import { CommandError, interruptedCode, STANDARD_STREAM, type Terminal } from "../terminal.ts";
import { openOutput } from "../writing/output.ts";
import { checkOutput } from "../writing/output-path.ts";
import { WaveFile } from "../writing/wave-file.ts";

/** Options of `flitzis-looper render`. */
export interface RenderOptions {
	/** The WAV file to write; `-` is standard output. */
	readonly output: string;
	/** Folders with the performance's samples. */
	readonly samples: readonly string[];
	readonly format: WavFormat;
	/** Frames mixed at once; does not change the output. */
	readonly blockFrames: number;
}

/** Missing samples listed in a message. */
const NAMED = 10;
const MEMORY_BUDGET = 3 * 2 ** 30;

/**
 * Renders a performance to a WAV file and prints the SHA-256 of its samples as interleaved 32-bit floats.
 *
 * @param path - the performance; `-` is standard input
 * @returns the exit code
 * @throws CommandError if the performance cannot be read, a sample is missing or differs, a folder does not exist, or the file cannot be written, is one of those read or is named as another format
 */
export async function render(path: string, options: RenderOptions, terminal: Terminal): Promise<number> {
	const bar = new DecodeBar(terminal.stderr);
	try {
		const text = new TextDecoder().decode(await readInput(path, "performance", terminal));
		const performance = parsePerformance(text);
		const sources = await sourcesOf(performance, path, options.samples, terminal.signal);
		await checkOutput(options.output, [path, ...sources.values()]);
		bar.start(options.output);
		const written = await write(performance, sources, { options, bar, terminal });
		bar.stop();
		const messages = options.output === STANDARD_STREAM ? terminal.stderr : terminal.stdout;
		messages.write(`${summary(performance, options, written)}\n`);
		return 0;
	} catch (error) {
		bar.stop();
		if (terminal.signal.aborted) return interruptedCode(terminal.signal);
		if (error instanceof CommandError || !(error instanceof Error)) throw error;
		// Errors of the file system and the engine are for the user; anything else is a bug.
		const isForUser = error instanceof LooperError || error instanceof RangeError || "code" in error;
		if (!isForUser) throw error;
		throw new CommandError(`${printable(path)}: ${printable(error.message)}`, { cause: error });
	}
}

async function sourcesOf(
	performance: Performance,
	path: string,
	samples: readonly string[],
	signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
	const performanceFolder = dirname(resolve(path));
	for (const folder of samples) await checkFolder(folder);
	const folders = samples.length > 0 ? samples.map((folder) => resolve(folder)) : [performanceFolder];
	const { paths, missing } = await findSamples(performance.samples, { performanceFolder, folders, signal });
	if (missing.length > 0) throw new CommandError(missingMessage(missing, folders));
	return paths;
}

async function checkFolder(folder: string): Promise<void> {
	const found = await stat(folder).catch(() => null);
	if (found?.isDirectory() === true) return;
	const problem = found === null ? "does not exist" : "is a file";
	throw new CommandError(`The folder ${printable(folder)} of --samples ${problem}. Name the samples' folder.`);
}

function missingMessage(missing: readonly MissingSample[], folders: readonly string[]): string {
	const lines = missing.slice(0, NAMED).map(({ sample, namesake }) => {
		const other = namesake === null ? "" : ` (${printable(namesake)} has other content)`;
		return `  ${printable(sample.name)}, ${sample.fileBytes} bytes, ${sample.contentHash.slice(0, 12)}…${other}`;
	});
	const more = missing.length > NAMED ? [`  and ${missing.length - NAMED} more`] : [];
	const searched = folders.map(printable).join(", ");
	const count = missing.length === 1 ? "1 sample is" : `${missing.length} samples are`;
	return [`${count} not in ${searched}. Name the folder with --samples.`, ...lines, ...more].join("\n");
}

async function write(
	performance: Performance,
	sources: ReadonlyMap<string, string>,
	{ options, bar, terminal }: { options: RenderOptions; bar: DecodeBar; terminal: Terminal },
): Promise<{ digest: string; clippedSamples: number }> {
	const { output, format, blockFrames } = options;
	const { frames, engine } = performance;
	const form = { format, channels: 2, sampleRate: engine.sampleRate, frames };
	const target = await namingOutput(output, openOutput(output, terminal.stdout));
	try {
		const file = await namingOutput(output, WaveFile.create(form, target));
		const hash = createHash("sha256");
		let rendered = 0;
		const pieces = renderPerformance(performance, ({ contentHash, name }) => sources.get(contentHash) ?? name, {
			blockFrames,
			memoryBudget: MEMORY_BUDGET,
		});
		// A pre-roll hands nothing out, and may be hours long.
		terminal.signal.addEventListener("abort", () => void pieces.return(undefined), { once: true });
		for await (const [left, right] of pieces) {
			terminal.signal.throwIfAborted();
			const interleaved = interleave(left, right);
			hash.update(interleaved);
			await namingOutput(output, file.append(interleaved));
			rendered += left.length;
			bar.update(rendered / frames, "Rendering");
		}
		terminal.signal.throwIfAborted();
		await namingOutput(output, file.finish());
		return { digest: hash.digest("hex"), clippedSamples: file.clippedSamples };
	} catch (error) {
		await target.discard();
		throw error;
	}
}

/** Has errors of the file system say that they are of the output. */
async function namingOutput<Value>(output: string, value: Promise<Value>): Promise<Value> {
	try {
		return await value;
	} catch (error) {
		const problem = fileProblem(error, "output", output);
		throw problem === null ? error : new CommandError(problem, { cause: error });
	}
}

function interleave(left: Float32Array, right: Float32Array): Float32Array<ArrayBuffer> {
	const samples = new Float32Array(2 * left.length);
	for (const [frame, sample] of left.entries()) {
		samples[2 * frame] = sample;
		samples[2 * frame + 1] = right[frame] ?? 0;
	}
	return samples;
}

function summary(
	{ frames, engine, commands, samples }: Performance,
	{ output, format }: RenderOptions,
	{ digest, clippedSamples }: { digest: string; clippedSamples: number },
): string {
	const seconds = (frames / engine.sampleRate).toFixed(3);
	const clipped = clippedSamples === 0 ? "" : `, ${clippedSamples} samples clipped (f32 clips none)`;
	return (
		`${printable(output)}: ${seconds} s at ${engine.sampleRate} Hz as ${format}, ${commands.length} commands on ` +
		`${samples.length} samples${clipped}\nSHA-256 of the PCM: ${digest}`
	);
}
