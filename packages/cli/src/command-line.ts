import { readFileSync } from "node:fs";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type { AnalyzeOptions } from "./commands/analyze.ts";
import type { InfoOptions } from "./commands/info.ts";
import type { RenderOptions } from "./commands/render.ts";
import type { ServeOptions } from "./commands/serve.ts";
import { CommandError, type Terminal } from "./terminal.ts";

const FAILED = 1;
const WRONG_USAGE = 2;
const MAX_BLOCK_FRAMES = 2048;

function parsePort(text: string): number {
	const port = Number(text);
	if (!/^\d+$/.test(text) || port > 65_535)
		throw new InvalidArgumentError("The port must be an integer from 0 to 65535.");
	return port;
}

function parseBlockFrames(text: string): number {
	const frames = Number(text);
	if (/^\d+$/.test(text) && frames >= 1 && frames <= MAX_BLOCK_FRAMES) return frames;
	throw new InvalidArgumentError(`The block length must be an integer from 1 to ${MAX_BLOCK_FRAMES}.`);
}

function ownVersion(): string {
	const manifest: { version: string } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
	return manifest.version;
}

/** The commands, loaded on demand, so that `serve` starts without loading the engine. */
function describeCommands(terminal: Terminal, finish: (exitCode: number) => void): Command {
	const program = new Command("flitzis-looper")
		.description("Live sample and loop instrument")
		.version(ownVersion())
		.exitOverride()
		.configureOutput({
			writeOut: (text) => terminal.stdout.write(text),
			writeErr: (text) => terminal.stderr.write(text),
		});

	program
		.command("serve")
		.description("serve the instrument to a browser on this machine")
		.option("--app <dir>", "folder of the built app (default: the bundled one)")
		.option("--host <address>", "address to listen on", "127.0.0.1")
		.option("--port <number>", "port to listen on (default: 5667, or the next free one)", parsePort)
		.option("--open", "open the instrument in the default browser", false)
		.action(async (options: ServeOptions) => {
			const { serve } = await import("./commands/serve.ts");
			finish(await serve(options, terminal));
		});

	program
		.command("info")
		.description("decode audio files and print format, rate, channels, duration and peak")
		.argument("<file...>", "audio files; - is standard input")
		.option("--json", "print an array with one object per file", false)
		.action(async (files: string[], options: InfoOptions) => {
			const { info } = await import("./commands/info.ts");
			finish(await info(files, options, terminal));
		});

	program
		.command("analyze")
		.description("find tempo, beats, key, loudness and onsets of audio files")
		.argument("<file...>", "audio files; - is standard input")
		.option("--json", "print an array with one object per file, all onsets included", false)
		.action(async (files: string[], options: AnalyzeOptions) => {
			const { analyze } = await import("./commands/analyze.ts");
			finish(await analyze(files, options, terminal));
		});

	program
		.command("render")
		.description("render a recorded performance to a WAV file, bit for bit as it was played")
		.argument("<performance>", "performance file from the instrument or performance.stop(); - is standard input")
		.requiredOption("-o, --output <file>", "WAV file to write; - is standard output")
		.option(
			"--samples <dir>",
			"folder with the performance's samples, once per folder (default: the performance's own)",
			(folder: string, before: readonly string[]) => [...before, folder],
			[],
		)
		.addOption(new Option("--format <coding>", "coding of the samples").choices(["f32", "s24"]).default("f32"))
		.option(
			"--block-frames <number>",
			"frames mixed at once, 1 to 2048; does not change the output",
			parseBlockFrames,
			128,
		)
		.action(async (performance: string, options: RenderOptions) => {
			const { render } = await import("./commands/render.ts");
			finish(await render(performance, options, terminal));
		});

	return program;
}

/**
 * Runs `flitzis-looper` with the given arguments.
 *
 * @param args - the arguments after the command's name
 * @returns the exit code: 0 success, 1 failure, 2 wrong usage, 130 after Ctrl-C
 */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
	let exitCode = 0;
	const program = describeCommands(terminal, (code) => {
		exitCode = code;
	});
	try {
		await program.parseAsync(args, { from: "user" });
		return exitCode;
	} catch (error) {
		if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE;
		if (!(error instanceof CommandError)) throw error;
		terminal.stderr.write(`flitzis-looper: ${error.message}\n`);
		return FAILED;
	}
}
