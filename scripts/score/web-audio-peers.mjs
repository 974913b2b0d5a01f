// Runs in a page: the peers that need Web Audio.
import { analyzeFullBuffer } from "realtime-bpm-analyzer";
import { analyze } from "web-audio-beat-detector";

/** @typedef {{ from: number, to: number }} TempoRange */

/** @param {AudioBuffer} recording @returns {Promise<number>} from 90 to 180, which cannot be changed; NaN if it finds none */
export async function realtimeBpmAnalyzer(recording) {
	const [likeliest] = await analyzeFullBuffer(recording);
	return likeliest?.tempo ?? Number.NaN;
}

/** @param {AudioBuffer} recording @param {TempoRange} range @returns {Promise<number>} NaN if it finds none */
export async function webAudioBeatDetector(recording, { from, to }) {
	try {
		return await analyze(recording, { minTempo: from, maxTempo: to });
	} catch (error) {
		if (error instanceof Error && error.message.includes("does not contain any detectable beats")) return Number.NaN;
		throw error;
	}
}
