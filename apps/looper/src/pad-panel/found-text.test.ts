import { expect, test } from "vitest";
import { loopAnalysis } from "../analysis/test-analysis.ts";
import { emptyPad } from "../instrument/pad-state.ts";
import { keyText, loudnessText, tempoText } from "./found-text.ts";

test("a tempo is told where the pad does not show it", () => {
	expect(tempoText(loopAnalysis, 8)).toBeNull();
	expect(tempoText(loopAnalysis, 0)).toBe("Found 120 BPM, or 240 or 60: match it");
	const unsure = { ...loopAnalysis, tempo: { ...loopAnalysis.tempo!, confidence: 0.2 } };
	expect(tempoText(unsure, 0)).toBe("Perhaps 120 BPM, or 240 or 60: tap it, or match it");
	const uneven = { ...loopAnalysis, tempo: { ...loopAnalysis.tempo!, isConstant: false } };
	expect(tempoText(uneven, 8)).toBe("The tempo is not constant, about 120 BPM");
	expect(tempoText({ ...loopAnalysis, tempo: null }, 0)).toBeNull();
});

test("a key names the pads that go with it", () => {
	const pad = { ...emptyPad, analysis: loopAnalysis };
	const far = { ...loopAnalysis, key: { ...loopAnalysis.key!, tonic: "Eb" as const } };
	expect(keyText(loopAnalysis, 0, [pad])).toBe("A minor (8A)");
	expect(keyText(loopAnalysis, 0, [pad, emptyPad, pad, { ...pad, analysis: far }, pad])).toBe(
		"A minor (8A), goes with pads 3, 5",
	);
	const unsure = { ...loopAnalysis, key: { ...loopAnalysis.key!, confidence: 0.1 } };
	expect(keyText(unsure, 0, [pad, pad])).toBe("Perhaps A minor (8A)");
	expect(keyText({ ...loopAnalysis, key: null }, 0, [])).toBeNull();
});

test("loudness is told, where there is any", () => {
	expect(loudnessText(loopAnalysis)).toBe("−14.3 LUFS");
	expect(loudnessText({ ...loopAnalysis, loudness: { lufs: null, truePeakDecibels: null } })).toBeNull();
});
