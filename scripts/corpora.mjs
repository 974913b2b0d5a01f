// Loads every recording of Debian's drum kit and loop packages, which must all succeed: `npm run corpora`, after a build.
import { performance } from "node:perf_hooks";
import { AudioEngine } from "flitzis-looper";
import { allSounds, ensureSounds, soundFiles } from "./ensure-sounds.mjs";
import { describeDuration } from "./verify/report.mjs";

const SAMPLE_RATE = 48_000;
const LOADER_THREADS = 2;
/** Concurrent loads, one slot each. */
const SLOTS = 2 * LOADER_THREADS;
const BLOCK_FRAMES = 128;

/** Damaged recordings by the end of their path, with the damage. @type {Readonly<Record<string, string>>} */
const DAMAGED = {};

/** @param {string} path */
function isDamaged(path) {
	return Object.keys(DAMAGED).some((end) => path.endsWith(end));
}

/**
 * Loads a recording and returns its fault, if any.
 *
 * @param {AudioEngine} engine
 * @param {number} slot
 * @param {string} path
 * @returns {Promise<{ format: string, fault: string | null }>}
 */
async function load(engine, slot, path) {
	try {
		const { frames, warnings, source } = await engine.loadSample(slot, path);
		const { format } = source;
		if (frames === 0) return { format, fault: "no frames" };
		return { format, fault: warnings.length === 0 ? null : warnings.join(" ") };
	} catch (error) {
		return { format: "none", fault: error instanceof Error ? error.message : String(error) };
	}
}

/** @returns {Promise<boolean>} whether every recording loaded, undamaged ones without a warning */
async function loadAll() {
	ensureSounds(allSounds);
	const paths = soundFiles(allSounds);
	const engine = new AudioEngine({ output: "offline", sampleRate: SAMPLE_RATE, loaderThreads: LOADER_THREADS });
	await engine.run();
	const start = performance.now();
	/** @type {Map<string, number>} */
	const formats = new Map();
	let faultCount = 0;
	const waiting = paths.values();
	/** @param {number} slot */
	const work = async (slot) => {
		for (const path of waiting) {
			const { format, fault } = await load(engine, slot, path);
			formats.set(format, (formats.get(format) ?? 0) + 1);
			if ((fault !== null) !== isDamaged(path)) {
				faultCount++;
				process.stdout.write(`${path}: ${fault ?? "listed as damaged, but loads without a warning"}\n`);
			}
			engine.renderOffline(BLOCK_FRAMES);
		}
	};
	try {
		await Promise.all(Array.from({ length: SLOTS }, (_value, slot) => work(slot)));
	} finally {
		await engine.shutDown();
	}
	for (const [format, count] of [...formats].toSorted((one, other) => other[1] - one[1]))
		process.stdout.write(`${String(count).padStart(5)} ${format}\n`);
	const seconds = (performance.now() - start) / 1000;
	process.stdout.write(`${paths.length} recordings, ${faultCount} faults, in ${describeDuration(seconds)}\n`);
	return faultCount === 0;
}

try {
	process.exitCode = (await loadAll()) ? 0 : 1;
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 2;
}
