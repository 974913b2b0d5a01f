import { expect, test } from "vitest";
import type { SampleAnalysis } from "../protocol/sample-analysis.ts";
import { keyNameOf } from "./name-key.ts";
import { tempoNamesOf } from "./name-tempo.ts";
import { alternativesTo, retimed } from "./retimed.ts";
import { type NamedRecording, withName } from "./with-name.ts";

const nothing: SampleAnalysis = {
	tempo: null,
	beats: null,
	key: null,
	loudness: { lufs: -12, truePeakDecibels: -1 },
	onsetsSec: [],
	isPercussive: false,
};

function detected(bpm: number, lengthBeats: number | null, firstDownbeatSec = 0): SampleAnalysis {
	const tempo = {
		bpm,
		confidence: 0.7,
		origin: "detected",
		alternatives: alternativesTo(bpm),
		isConstant: true,
	} as const;
	const periodSec = 60 / bpm;
	const beats = {
		firstBeatSec: firstDownbeatSec % periodSec,
		periodSec,
		beatsPerBar: 4,
		firstDownbeatSec,
		lengthBeats,
	};
	return { ...nothing, tempo, beats };
}

const named = (name: string, analysis: SampleAnalysis, rest: Partial<NamedRecording> = {}): SampleAnalysis =>
	withName(analysis, { name, durationSec: 8, statedKey: null, ...rest });

test.each([
	["drums_97bpm_Am.wav", [97]],
	["/loops/90/BPM 120 break.flac", [120, 120]],
	["97,5 bpm.wav", [97.5]],
	["https://host/a%20128bpm.mp3?x=90bpm", [128]],
	["https://host/%zz_128bpm.wav", [128]],
	["SO_120_break.wav", [120]],
	["124_loop_128bpm.wav", [128, 124]],
	["1984bpm.wav", []],
	["kick.128bpm.wav", [128]],
	["loop.97bpm.Am.wav", [97]],
	["take1.128bpm.wav", []],
	["999bpm.wav", []],
	["take 7.wav", []],
	["2024_01_15.wav", []],
	["120.wav", [120]],
	["bytes", []],
	["data:audio/wav;base64,AA+120+AA", []],
	["blob:https://host/120-bpm", []],
	["9".repeat(100_000), []],
])("the tempos of the name %.60s", (name, tempos) => {
	expect(tempoNamesOf(name).map(({ bpm }) => bpm)).toEqual(tempos);
});

test.each([
	["drums_97bpm_Am.wav", "A", "minor"],
	["F#min pad.wav", "F#", "minor"],
	["pad-Cmaj.wav", "C", "major"],
	["Bb_major.flac", "Bb", "major"],
	["keys (Ebm).wav", "Eb", "minor"],
	["lead_csharp_minor_120.wav", "C#", "minor"],
	["Am to Amin.wav", "A", "minor"],
] as const)("the key of the name %s", (name, tonic, mode) => {
	expect(keyNameOf(name)).toEqual({ tonic, mode });
});

test.each([
	"A.wav",
	"take_A_.wav",
	"B side.wav",
	"7 AM.wav",
	"where i am.wav",
	"Amen.wav",
	"Cm7.wav",
	"vitamin.wav",
	"Am to Cmaj.wav",
	"F#.wav",
	"majorA.wav",
	"Dm/kick.wav",
])("the name %s says no key", (name) => {
	expect(keyNameOf(name)).toBeNull();
});

test("a marked number that detection bears out has detection's digits", () => {
	const { tempo, beats } = named("drums_97bpm.wav", detected(97.32, null, 0.4));
	expect(tempo).toMatchObject({ bpm: 97.32, origin: "name", confidence: 1 });
	expect(beats).toMatchObject({ firstDownbeatSec: 0.4, beatsPerBar: 4, lengthBeats: null });
});

test("a name says which of a tempo, its half and its double is meant", () => {
	expect(named("70bpm.wav", detected(140, 16))).toMatchObject({ tempo: { bpm: 70 }, beats: { lengthBeats: 8 } });
	expect(named("a_70_b.wav", detected(140, 16))).toMatchObject({ tempo: { bpm: 70, origin: "name" } });
	expect(named("70bpm.wav", detected(140, 15))).toMatchObject({ tempo: { bpm: 70 }, beats: { lengthBeats: null } });
	const { beats } = named("180bpm.wav", detected(90, null, 1.5));
	expect(beats?.periodSec).toBeCloseTo(1 / 3, 12);
	expect(beats?.firstBeatSec).toBeCloseTo(1.5 % (1 / 3), 9);
	expect(beats?.firstDownbeatSec).toBeCloseTo(1.5 % (4 / 3), 9);
});

test("a marked number wins over another detected tempo, a number alone does not", () => {
	expect(named("97bpm.wav", detected(118, null, 1))).toMatchObject({
		tempo: { bpm: 97, origin: "name" },
		beats: { lengthBeats: null },
	});
	expect(named("a_97_b.wav", detected(118, null))).toEqual(detected(118, null));
	expect(named("999bpm.wav", detected(118, null))).toEqual(detected(118, null));
});

test("where no tempo is detected, the length in whole beats bears a number out", () => {
	expect(named("pad_120.wav", nothing)).toMatchObject({
		tempo: { bpm: 120, origin: "name", isConstant: true },
		beats: { lengthBeats: 16, firstBeatSec: 0, firstDownbeatSec: 0 },
	});
	// A codec's padding.
	expect(named("pad_120bpm.wav", nothing, { durationSec: 8.01 })).toMatchObject({ beats: { lengthBeats: 16 } });
	expect(named("pad_113.wav", nothing)).toEqual(nothing);
	expect(named("kick_120.wav", nothing, { durationSec: 0.5 })).toEqual(nothing);
	expect(named("kick_120bpm.wav", { ...nothing, onsetsSec: [0.1] }, { durationSec: 0.7 })).toMatchObject({
		tempo: { bpm: 120 },
		beats: { firstBeatSec: 0.1, lengthBeats: null },
	});
});

test("the file comes before its name, and its name before detection", () => {
	const key = { tonic: "E", mode: "minor", confidence: 0.4, origin: "detected", tuningCents: 12 } as const;
	const byFile = { ...detected(100, null), key };
	const stated = { ...byFile, tempo: { ...byFile.tempo!, origin: "file" } } as const;
	expect(named("97bpm.wav", stated).tempo).toEqual(stated.tempo);
	expect(named("Am.wav", byFile).key).toEqual({ ...key, tonic: "A", confidence: 1, origin: "name" });
	const statedKey = { tonic: "G", mode: "major" } as const;
	expect(named("Am.wav", byFile, { statedKey }).key).toMatchObject({ ...statedKey, origin: "file", tuningCents: 12 });
	expect(named("loop.wav", byFile).key).toEqual(key);
	expect(named("Am.wav", nothing).key).toMatchObject({ tonic: "A", origin: "name", tuningCents: 0 });
});

test("a beat that lies on the start stays there", () => {
	const tempo = { bpm: 180, confidence: 1, origin: "name", lengthBeats: null } as const;
	const { beats } = retimed(detected(90, null, 4 / 3), tempo);
	expect([beats?.firstBeatSec, beats?.firstDownbeatSec].map((at) => Math.round((at ?? 9) * 1e6))).toEqual([0, 0]);
});
