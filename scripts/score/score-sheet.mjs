import { quantile } from "./quantile.mjs";

/** Ratios at which a tempo is easily taken for another one. */
const SIMPLE_RATIOS = [1, 2, 1 / 2, 3, 1 / 3, 3 / 2, 2 / 3, 4 / 3, 3 / 4];
/** Distances within which an onset is right, in milliseconds. */
const ONSET_DISTANCES = [5, 1.5];
/** Hits that are nearer to each other are one. */
const TOGETHER_SEC = 0.02;
const TONICS = ["C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"];

/** Adds up what analyses found against what is true. */
export class ScoreSheet {
	#count = 0;
	#exact = 0;
	#acc1 = 0;
	#acc2 = 0;
	#simple = 0;
	#grids = 0;
	#halfBeats = 0;
	#downbeats = 0;
	#keys = 0;
	#exactKeys = 0;
	#mirex = 0;
	/** @type {number[]} */
	#tempoErrors = [];
	/** @type {number[]} */
	#gridErrors = [];
	#hits = 0;
	#onsets = 0;
	/** Onsets within a distance of a hit of their own, by the distance in milliseconds. */
	#near = new Map(ONSET_DISTANCES.map((distance) => [distance, 0]));
	cpuSeconds = 0;
	minutes = 0;

	/**
	 * @param {import("./render-track.mjs").Truth} truth
	 * @param {import("flitzis-looper").SampleAnalysis} analysis
	 * @param {number} seconds
	 */
	add(truth, { tempo, beats, key, onsetsSec }, seconds) {
		this.#count += 1;
		const ratio = (tempo?.bpm ?? 0) / truth.bpm;
		const is = (/** @type {number} */ other, /** @type {number} */ tolerance) =>
			Math.abs(ratio / other - 1) <= tolerance;
		if (is(1, 0.005)) this.#exact += 1;
		if (is(1, 0.04)) this.#acc1 += 1;
		if ([1, 2, 1 / 2, 3, 1 / 3].some((other) => is(other, 0.04))) this.#acc2 += 1;
		if (SIMPLE_RATIOS.some((other) => is(other, 0.005))) this.#simple += 1;
		if (is(1, 0.005)) this.#tempoErrors.push(100 * Math.abs(ratio - 1));
		if (beats !== null && [1, 2, 1 / 2].some((other) => is(other, 0.005))) this.#addGrid(truth, beats, seconds);
		if (truth.key !== null) this.#addKey(truth.key, key);
		if (onsetsSec.length > 0 && truth.hitsSec.length > 0) this.#addOnsets(truth.hitsSec, onsetsSec);
	}

	/** @param {readonly number[]} hitsSec @param {readonly number[]} onsetsSec */
	#addOnsets(hitsSec, onsetsSec) {
		// What sounds together is one onset.
		const hits = hitsSec
			.toSorted((one, other) => one - other)
			.filter((at, index, all) => at - (all[index - 1] ?? Number.NEGATIVE_INFINITY) > TOGETHER_SEC);
		this.#hits += hits.length;
		this.#onsets += onsetsSec.length;
		for (const distance of ONSET_DISTANCES) {
			const taken = new Set();
			for (const onset of onsetsSec) {
				const index = hits.findIndex((at, hit) => !taken.has(hit) && Math.abs(at - onset) <= distance / 1000);
				if (index >= 0) taken.add(index);
			}
			this.#near.set(distance, (this.#near.get(distance) ?? 0) + taken.size);
		}
	}

	/** @param {import("./render-track.mjs").Truth} truth @param {import("flitzis-looper").AnalyzedBeats} beats @param {number} seconds */
	#addGrid({ bpm, firstBeatSec, beatsPerBar }, beats, seconds) {
		this.#grids += 1;
		const period = 60 / bpm;
		const step = Math.max(1, Math.round(beats.periodSec / period)) * period;
		const errors = [];
		for (let at = firstBeatSec; at < Math.max(seconds - 1, firstBeatSec + 0.001); at += step) {
			const offset = (at - beats.firstBeatSec) / beats.periodSec;
			errors.push(Math.abs(offset - Math.round(offset)) * beats.periodSec);
		}
		const error = quantile(errors, 0.5);
		if (error > 0.35 * period) this.#halfBeats += 1;
		else this.#gridErrors.push(1000 * error);
		const bars = (firstBeatSec - beats.firstDownbeatSec) / (beats.periodSec * beats.beatsPerBar);
		if (beats.beatsPerBar === beatsPerBar && Math.abs(bars - Math.round(bars)) < 0.1) this.#downbeats += 1;
	}

	/**
	 * @param {{ tonic: number, mode: "major" | "minor" }} truth
	 * @param {import("flitzis-looper").AnalyzedKey | null} found
	 */
	#addKey(truth, found) {
		this.#keys += 1;
		if (found === null) return;
		const above = (TONICS.indexOf(found.tonic) - truth.tonic + 12) % 12;
		const isSameMode = found.mode === truth.mode;
		if (isSameMode && above === 0) this.#exactKeys += 1;
		// MIREX: a fifth is half right, the relative key 0.3, the parallel one 0.2.
		if (isSameMode && above === 0) this.#mirex += 1;
		else if (isSameMode && (above === 7 || above === 5)) this.#mirex += 0.5;
		else if (!isSameMode && above === (truth.mode === "major" ? 9 : 3)) this.#mirex += 0.3;
		else if (!isSameMode && above === 0) this.#mirex += 0.2;
	}

	/** @returns {Record<string, string>} */
	read() {
		const share = (/** @type {number} */ part, /** @type {number} */ whole) =>
			whole === 0 ? "–" : `${((100 * part) / whole).toFixed(0)} %`;
		return {
			files: String(this.#count),
			"exact ±0.5 %": share(this.#exact, this.#count),
			"Acc1 ±4 %": share(this.#acc1, this.#count),
			Acc2: share(this.#acc2, this.#count),
			"or a simple factor": share(this.#simple, this.#count),
			"tempo p90, %": quantile(this.#tempoErrors, 0.9).toFixed(4),
			"grid median, ms": quantile(this.#gridErrors, 0.5).toFixed(2),
			"grid p90, ms": quantile(this.#gridErrors, 0.9).toFixed(2),
			"half a beat off": share(this.#halfBeats, this.#grids),
			downbeat: share(this.#downbeats, this.#grids),
			"key exact": share(this.#exactKeys, this.#keys),
			"key MIREX": share(this.#mirex, this.#keys),
			...Object.fromEntries(
				[...this.#near].flatMap(([distance, near]) => [
					[`onset recall ${distance} ms`, share(near, this.#hits)],
					[`precision ${distance} ms`, share(near, this.#onsets)],
				]),
			),
			"CPU s/min": (this.cpuSeconds / this.minutes).toFixed(2),
		};
	}
}

/** How often a peer's tempo is right: exactly, nearly, and but for the octave. */
export class PeerSheet {
	#count = 0;
	#exact = 0;
	#acc1 = 0;
	#acc2 = 0;

	/** @param {number} trueBpm @param {number} bpm */
	add(trueBpm, bpm) {
		this.#count += 1;
		if (Math.abs(bpm / trueBpm - 1) <= 0.005) this.#exact += 1;
		if (Math.abs(bpm / trueBpm - 1) <= 0.04) this.#acc1 += 1;
		if ([1, 2, 1 / 2, 3, 1 / 3].some((ratio) => Math.abs(bpm / trueBpm / ratio - 1) <= 0.04)) this.#acc2 += 1;
	}

	/** @returns {string} */
	read() {
		const share = (/** @type {number} */ part) => `${((100 * part) / Math.max(this.#count, 1)).toFixed(0)} %`;
		return `exact ${share(this.#exact)}, Acc1 ${share(this.#acc1)}, Acc2 ${share(this.#acc2)} of ${this.#count}`;
	}
}
