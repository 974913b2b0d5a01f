// How much memory does a load take beyond its final PCM? Each format is loaded in a separate process, from a path and from
// a server, 10 minutes of stereo each; the resident memory of the process is sampled every few milliseconds meanwhile.
import { execFileSync, fork } from "node:child_process";
import { createReadStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { AudioEngine } from "flitzis-looper";

const MINUTES = 10;
/** Limit of one loader thread besides the sample. */
const LIMIT_BYTES = 32 * 2 ** 20;
const SAMPLE_MS = 2;
/** Idle time for the process to release memory, which would otherwise hide a part of the load's. */
const REST_MS = 2000;

/** Name, extension and ffmpeg options; 44.1 kHz is resampled, 48 kHz is not. @type {readonly (readonly [string, string, string])[]} */
const formats = [
	["WAV 48 kHz", "wav", "-ar 48000 -c:a pcm_s16le"],
	["WAV 44.1 kHz", "wav", "-c:a pcm_s16le"],
	["FLAC", "flac", "-c:a flac -compression_level 0"],
	// Just short enough to be kept in memory while being decoded.
	["MP3", "mp3", "-c:a libmp3lame -b:a 192k"],
	["Ogg Vorbis", "ogg", "-c:a libvorbis -q:a 2"],
	["Ogg Opus", "opus", "-c:a libopus -b:a 64k"],
];

/** @param {number} bytes */
function mebibytes(bytes) {
	return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}

/**
 * Loads one source in this process.
 *
 * @param {string} source @param {string} warmUp - a short file of the same format, to exclude code and tables
 * @returns {Promise<{ pcmBytes: number, beyondBytes: number }>} the sample's bytes, and the peak beyond them.
 */
async function measure(source, warmUp) {
	const engine = new AudioEngine({
		output: "offline",
		sampleRate: 48_000,
		loaderThreads: 1,
		memoryBudget: 3 * 2 ** 30,
	});
	await engine.run();
	await engine.loadSample(0, warmUp);
	engine.unloadSample(0);
	engine.renderOffline(1024);
	globalThis.gc?.();
	await setTimeout(REST_MS);
	const before = process.memoryUsage.rss();
	let peak = before;
	const sampler = setInterval(() => {
		peak = Math.max(peak, process.memoryUsage.rss());
	}, SAMPLE_MS);
	await engine.loadSample(0, source);
	clearInterval(sampler);
	const { pcmBytes } = engine.stats();
	await engine.shutDown();
	return { pcmBytes, beyondBytes: Math.max(peak, process.memoryUsage.rss()) - before - pcmBytes };
}

/** @param {string} path @param {string} options @param {number} seconds */
function makeFile(path, options, seconds) {
	const sound = "aevalsrc=0.3*sin(2*PI*220*t)|0.3*sin(2*PI*331*t)+0.1*(random(0)-0.5):s=44100";
	const args = [
		"-nostdin",
		"-v",
		"error",
		"-f",
		"lavfi",
		"-i",
		sound,
		"-t",
		String(seconds),
		...options.split(" "),
		path,
	];
	execFileSync("ffmpeg", args);
}

/** Measures in a new process. @param {string} source @param {string} warmUp @returns {Promise<{ pcmBytes: number, beyondBytes: number }>} */
function measureApart(source, warmUp) {
	return new Promise((resolve, reject) => {
		const child = fork(new URL(import.meta.url), [source, warmUp], { execArgv: ["--expose-gc"] });
		child.once("message", (message) => resolve(/** @type {{ pcmBytes: number, beyondBytes: number }} */ (message)));
		child.once("exit", (code) => reject(new Error(`The measurement exited with code ${code}.`)));
	});
}

async function measureAll() {
	const folder = mkdtempSync(join(tmpdir(), "flitzis-looper-bench-"));
	const server = createServer((request, response) => {
		const path = join(folder, request.url ?? "");
		response.writeHead(200, { "content-length": statSync(path).size });
		createReadStream(path).pipe(response);
	});
	await /** @type {Promise<void>} */ (new Promise((resolve) => server.listen(0, "127.0.0.1", resolve)));
	const address = server.address();
	const port = typeof address === "object" && address !== null ? address.port : 0;
	try {
		for (const [name, ending, options] of formats) {
			const path = join(folder, `song.${ending}`);
			const short = join(folder, `short.${ending}`);
			makeFile(path, options, 60 * MINUTES);
			makeFile(short, options, 2);
			for (const [kind, place] of [
				["path", folder],
				["server", `http://127.0.0.1:${port}`],
			]) {
				const { pcmBytes, beyondBytes } = await measureApart(`${place}/song.${ending}`, `${place}/short.${ending}`);
				const isWithin = beyondBytes <= LIMIT_BYTES;
				const verdict = `${isWithin ? "within" : "ABOVE"} the limit of ${mebibytes(LIMIT_BYTES)}`;
				const label = `${name}, ${kind}`.padEnd(22);
				console.log(`${label} ${mebibytes(beyondBytes).padStart(9)} beyond ${mebibytes(pcmBytes)} of PCM: ${verdict}`);
				if (!isWithin) process.exitCode = 1;
			}
			rmSync(path);
			rmSync(short);
		}
	} finally {
		server.close();
		rmSync(folder, { recursive: true });
	}
}

const [source, warmUp] = process.argv.slice(2);
if (source === undefined || warmUp === undefined) await measureAll();
else process.send?.(await measure(source, warmUp));
