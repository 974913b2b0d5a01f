import { formatBeats } from "../choice/choice.ts";
import { formatDecibels, gainScale } from "../fader/gain-scale.ts";
import { type KnobScale, linearScale, parseNumber, ratioScale } from "../knob/knob-scale.ts";

/** A pad's gain. */
export const padGainScale: KnobScale = linearScale({
	...gainScale,
	initial: 0,
	unit: "dB",
	hasSilence: true,
	step: 0.5,
	fineStep: 0.1,
	format: formatDecibels,
});

/** Balance between the sides, typed in percent: 50 is half right, -100 is left. */
export const padPanScale: KnobScale = linearScale({
	lowest: -1,
	highest: 1,
	initial: 0,
	step: 0.05,
	fineStep: 0.01,
	format: formatPan,
	parse: (text) => {
		const [, figure = "", side] = /^(.*?)\s*(left|right|l|r)?$/iu.exec(text.trim()) ?? [];
		const percent = figure.toLowerCase() === "middle" ? 0 : parseNumber(figure, "%");
		if (percent === null) return null;
		return (side?.toLowerCase().startsWith("l") === true ? -Math.abs(percent) : percent) / 100;
	},
});

/** A band of the equalizer. Its kill is a switch of its own. */
export const bandScale: KnobScale = linearScale({
	lowest: -36,
	highest: 6,
	initial: 0,
	unit: "dB",
	hasSilence: true,
	step: 0.5,
	fineStep: 0.1,
	format: (decibels) => (decibels === Number.NEGATIVE_INFINITY ? "Killed" : formatDecibels(decibels)),
});

/** Playing speed, as a factor. */
export const speedScale: KnobScale = ratioScale({
	lowest: 0.25,
	highest: 4,
	initial: 1,
	step: 0.05,
	fineStep: 0.01,
	format: (speed) => `× ${Math.round(speed * 1000) / 1000}`,
	parse: (text) => parseNumber(text.replace(/^\s*[×x]/u, ""), "[×x]"),
});

export const semitonesScale: KnobScale = linearScale({
	lowest: -48,
	highest: 48,
	initial: 0,
	step: 1,
	fineStep: 1,
	travel: 288,
	unit: "st",
	format: (semitones) => signed(semitones, "st"),
});

export const centsScale: KnobScale = linearScale({
	lowest: -100,
	highest: 100,
	initial: 0,
	unit: "ct",
	step: 5,
	fineStep: 1,
	format: (cents) => signed(cents, "ct"),
});

/** A loop's length in beats; 0 is not known. */
export const beatsScale: KnobScale = linearScale({
	lowest: 0,
	highest: 4_096,
	initial: 0,
	step: 1,
	fineStep: 0.25,
	travel: 6 * 4_096,
	range: "1/32 to 4096, or 0 for none",
	format: (beats) => (beats === 0 ? "–" : formatBeats(beats)),
	parse: (text) => {
		const beats = parseNumber(text, "beats?");
		return beats === null || beats < 0 || (beats > 0 && beats < 1 / 32) ? null : beats;
	},
});

/** How weak an onset may be to be found. */
export const sensitivityScale: KnobScale = linearScale({
	lowest: 0,
	highest: 1,
	initial: 0.5,
	step: 0.05,
	fineStep: 0.01,
	range: "0 to 100 %",
	format: (share) => `${Math.round(100 * share)} %`,
	parse: (text) => {
		const percent = parseNumber(text, "%");
		return percent === null ? null : percent / 100;
	},
});

/** The tempo of a pad's own beats; 0 is not known. */
export const ownTempoScale: KnobScale = linearScale({
	lowest: 0,
	highest: 999,
	initial: 0,
	step: 1,
	fineStep: 0.1,
	travel: 2_000,
	range: "10 to 999 beats per minute",
	format: (tempo) => (tempo === 0 ? "–" : `${Math.round(tempo * 100) / 100} BPM`),
	parse: (text) => {
		const tempo = parseNumber(text, "BPM");
		return tempo === null || tempo < 10 ? null : tempo;
	},
});

function formatPan(pan: number): string {
	const percent = Math.round(100 * Math.abs(pan));
	return percent === 0 ? "Middle" : `${percent} % ${pan < 0 ? "left" : "right"}`;
}

function signed(value: number, unit: string): string {
	const sign = value < 0 ? "−" : value > 0 ? "+" : "";
	return `${sign}${Math.abs(Math.round(value * 100) / 100)} ${unit}`;
}
