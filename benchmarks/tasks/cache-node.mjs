// How much time does the cache save, and how much does writing to it cost? Songs of every format are loaded into a 48 kHz bank by one loader
// thread, alternately without a cache, with an empty one and from a full one. A ratio below 1 is faster than without.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { AudioEngine } from "flitzis-looper";
import { FORMATS, makeSongs, median } from "../load/songs.mjs";

const SONGS = 2;
const ROUNDS = 5;

/** @param {readonly string[]} files @param {boolean | import("flitzis-looper").CacheOptions} cache */
async function loadAll(files, cache) {
	const engine = new AudioEngine({ output: "offline", sampleRate: 48_000, loaderThreads: 1, cache });
	try {
		await engine.run();
		// The start of the thread is not part of a load.
		await engine.loadSample(31, "data:,").catch(() => {});
		const start = performance.now();
		await Promise.all(files.map((file, slot) => engine.loadSample(slot, file)));
		return { milliseconds: (performance.now() - start) / files.length, hits: engine.stats().cacheHits };
	} finally {
		await engine.shutDown();
	}
}

const songs = makeSongs(SONGS, Object.keys(FORMATS));
const directory = mkdtempSync(join(tmpdir(), "flitzis-looper-bench-"));
try {
	for (const [format, files] of Object.entries(songs.files)) {
		/** @type {Record<"without" | "keeping" | "kept", number[]>} */
		const times = { without: [], keeping: [], kept: [] };
		let hits = 0;
		for (let round = 0; round < ROUNDS; round++) {
			rmSync(directory, { recursive: true, force: true });
			times.without.push((await loadAll(files, false)).milliseconds);
			times.keeping.push((await loadAll(files, { directory })).milliseconds);
			const kept = await loadAll(files, { directory });
			times.kept.push(kept.milliseconds);
			hits += kept.hits;
		}
		/** @param {number[]} some */
		const ratio = (some) => median(some.map((time, round) => time / (times.without[round] ?? Number.NaN))).toFixed(2);
		console.log(
			`${format.padEnd(5)} kept ${ratio(times.kept)}, keeping ${ratio(times.keeping)} of the time without ` +
				`(${median(times.without).toFixed(0)} ms per song; ${hits} of ${ROUNDS * SONGS} hits)`,
		);
	}
} finally {
	rmSync(directory, { recursive: true, force: true });
	songs.remove();
}
