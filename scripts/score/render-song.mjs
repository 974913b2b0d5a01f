// Renders songs by the programs they were made with.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { decodeMono, RATE } from "./drum-kits.mjs";

/** Rendered songs are kept: Hydrogen humanizes, so no two of its renderings are alike. */
const FOLDER = fileURLToPath(new URL("../../.build/score", import.meta.url));
/** Of each song, from its start. */
const SECONDS = 90;
const LONGEST_RENDER_SECONDS = 300;
/** About -60 dBFS. */
const AUDIBLE = 0.001;

/** A song that a program cannot render. The others can be scored nevertheless. */
export class RenderError extends Error {
	/** @param {string} name @param {string} reason */
	constructor(name, reason) {
		super(`${name} could not be rendered: ${reason}`);
	}
}

/**
 * Runs a program without a display, in a temporary home folder where it may write its settings.
 *
 * @param {readonly string[]} command
 * @param {string} home
 * @returns {string | null} what went wrong
 */
function run([program = "", ...args], home) {
	const env = { ...process.env, HOME: home, QT_QPA_PLATFORM: "offscreen" };
	const { error, status, signal, stderr } = spawnSync(program, args, {
		env,
		timeout: LONGEST_RENDER_SECONDS * 1000,
		killSignal: "SIGKILL",
		maxBuffer: 2 ** 28,
		stdio: ["ignore", "pipe", "pipe"],
		encoding: "utf8",
	});
	if (signal === "SIGKILL") return `${program} took more than ${LONGEST_RENDER_SECONDS} s.`;
	if (error !== undefined) return error.message;
	return status === 0 ? null : `${program} ended with ${signal ?? status}: ${stderr.trim().split("\n").at(-1)}`;
}

/**
 * Renders the start of a song, in mono.
 *
 * @param {readonly string[]} command - which renders the song
 * @param {{ wave: string, start: string, home: string }} files - what it renders, and what is kept of that
 * @returns {string | null} what went wrong
 */
function renderStart(command, { wave, start, home }) {
	const fault = run(command, home);
	if (fault !== null) return fault;
	if (!existsSync(wave)) return `${command[0]} wrote no file.`;
	const cut = ["-y", "-v", "error", "-t", String(SECONDS), "-i", wave, "-ac", "1", "-ar", String(RATE), start];
	return run(["ffmpeg", ...cut], home);
}

/**
 * The start of a song, in mono.
 *
 * @param {string} name - of the file that keeps it
 * @param {(wave: string) => readonly string[]} commandFor - the command that renders the song into a file
 * @returns {Float32Array}
 * @throws {RenderError} if the command fails, takes too long, or renders silence
 */
export function renderSong(name, commandFor) {
	const kept = join(FOLDER, `${name}.flac`);
	if (existsSync(kept)) return decodeMono(kept);
	const home = mkdtempSync(join(tmpdir(), "flitzis-looper-score-"));
	try {
		const wave = join(home, "song.wav");
		const start = join(home, "start.flac");
		const fault = renderStart(commandFor(wave), { wave, start, home });
		if (fault !== null) throw new RenderError(name, fault);
		const samples = decodeMono(start);
		if (!samples.some((sample) => Math.abs(sample) > AUDIBLE)) throw new RenderError(name, "it is silent.");
		mkdirSync(FOLDER, { recursive: true });
		copyFileSync(start, kept);
		return samples;
	} finally {
		rmSync(home, { recursive: true, force: true });
	}
}
