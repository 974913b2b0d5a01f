import { expect, test } from "vitest";
import { FakeHost } from "../../test/fake-loader-threads.ts";
import type { SampleAnalysis } from "../protocol/sample-analysis.ts";
import type { SampleAnalyzer } from "../protocol/sample-analyzer.ts";
import { askAnalyzer } from "./own-analyzer.ts";
import { alternativesTo } from "./retimed.ts";

const tempo = {
	bpm: 120,
	confidence: 0.7,
	origin: "detected",
	alternatives: alternativesTo(120),
	isConstant: true,
} as const;
const analysis: SampleAnalysis = {
	tempo,
	beats: { firstBeatSec: 0.25, periodSec: 0.5, beatsPerBar: 4, firstDownbeatSec: 0.75, lengthBeats: 16 },
	key: null,
	loudness: { lufs: -12, truePeakDecibels: -1 },
	onsetsSec: [0.25],
	isPercussive: false,
};

/** @param builtIn - what the detector has found */
function answerOf(analyzer: SampleAnalyzer, builtIn = analysis): Promise<SampleAnalysis> {
	const abort = new AbortController();
	const input = {
		pcm: new Float32Array(8),
		sampleRate: 1,
		durationSec: 8,
		name: "a.wav",
		analysis: builtIn,
		signal: abort.signal,
	};
	const host = new FakeHost();
	return askAnalyzer(analyzer, input, {
		after: (milliseconds, callback) => host.after(milliseconds, callback),
		abort: (error) => abort.abort(error),
	});
}

test("what an analyzer answers replaces the built-in fields; the others stay", async () => {
	const key = { tonic: "A", mode: "minor", confidence: 0.9, origin: "detected", tuningCents: 4 } as const;
	expect(await answerOf(() => ({ key }))).toEqual({ ...analysis, key });
	expect(await answerOf(async () => ({ onsetsSec: [0, 1] }))).toEqual({ ...analysis, onsetsSec: [0, 1] });
	expect(await answerOf(() => ({}))).toEqual(analysis);
});

test("beats on a grid of the tempo are taken", async () => {
	const beats = { ...analysis.beats!, beatsPerBar: 3, firstDownbeatSec: 1.250_01, lengthBeats: null };
	expect(await answerOf(() => ({ beats }))).toEqual({ ...analysis, beats });
});

test("a tempo alone moves the beats", async () => {
	const half = await answerOf(() => ({ tempo: { ...tempo, bpm: 60 } }));
	expect(half.beats).toMatchObject({ periodSec: 1, lengthBeats: 8, beatsPerBar: 4 });
	const other = await answerOf(() => ({ tempo: { ...tempo, bpm: 97 } }));
	expect(other.beats).toMatchObject({ periodSec: 60 / 97, lengthBeats: null });
	expect((await answerOf(() => ({ tempo: null }))).beats).toBeNull();
	const first = await answerOf(() => ({ tempo }), { ...analysis, tempo: null, beats: null });
	expect(first.beats).toMatchObject({ firstBeatSec: 0.25, lengthBeats: null });
});

test.each<[string, SampleAnalyzer, RegExp]>([
	["throws", () => Promise.reject(new Error("no model")), /analyzer failed: no model It plays/],
	["throws at once", () => JSON.parse("{"), /analyzer failed: /],
	["throws no error", () => Promise.reject("no model"), /no model/],
	["answers nothing", () => undefined as never, /the analysis must be an object, not undefined/],
	["answers nonsense", () => ({ tempo: { ...tempo, bpm: -1 } }), /tempo\.bpm must be a number/],
	[
		"has a getter that throws",
		() => ({
			get key(): null {
				throw new Error("trap");
			},
		}),
		/trap/,
	],
	[
		"contradicts itself",
		() => ({ beats: { ...analysis.beats!, periodSec: 0.6 } }),
		/periodSec is 0\.6, 100 beats.*bpm is 120/,
	],
	["gives beats no tempo", () => ({ tempo: null, beats: analysis.beats }), /tempo is null, but beats is not/],
	["is slower than music", () => ({ tempo: { ...tempo, bpm: 9 } }), /tempo\.bpm must be a number from 10 to 1000/],
	...Object.entries({
		"beatsPerBar must be a whole number from 3 to 4, not 5": { beatsPerBar: 5 },
		"firstBeatSec must be below periodSec, 0\\.5, not 0\\.5": { firstBeatSec: 0.5 },
		"firstDownbeatSec must be one of the first bar's beats, not 0\\.8": { firstDownbeatSec: 0.8 },
		"firstDownbeatSec .* not 0": { firstDownbeatSec: 0 },
		"firstDownbeatSec .* not 2\\.25": { firstDownbeatSec: 2.25 },
		"lengthBeats must be null or a whole number near 16, not 15\\.9": { lengthBeats: 15.9 },
		"lengthBeats .* not 8": { lengthBeats: 8 },
	}).map(([message, change]): [string, SampleAnalyzer, RegExp] => [
		`has beats with ${JSON.stringify(change)}`,
		() => ({ beats: { ...analysis.beats!, ...change } }),
		new RegExp(`beats\\.${message}`),
	]),
	["tells an onset twice", () => ({ onsetsSec: [0, 1, 1] }), /onsetsSec\[2\] must be above 1, not 1/],
	["gives a tempo no beats", () => ({ tempo, beats: null }), /beats is null, but tempo is not/],
])("an analyzer that %s has failed", async (_what, analyzer, message) => {
	await expect(answerOf(analyzer)).rejects.toMatchObject({
		code: "analysis-failed",
		message: expect.stringMatching(message),
	});
});
