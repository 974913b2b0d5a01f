import { formatDecibels, gainScale } from "../fader/gain-scale.ts";
import { defaultSetSettings } from "../instrument/set-settings.ts";
import { type KnobScale, linearScale, parseNumber } from "../knob/knob-scale.ts";

/** Beats per minute. */
export const tempoScale: KnobScale = linearScale({
	lowest: 20,
	highest: 400,
	initial: defaultSetSettings.tempo,
	unit: "BPM",
	step: 1,
	fineStep: 0.1,
	travel: 760,
	format: (tempo) => String(Math.round(tempo * 100) / 100),
});

export const beatsPerBarScale: KnobScale = linearScale({
	lowest: 1,
	highest: 16,
	initial: defaultSetSettings.beatsPerBar,
	step: 1,
	fineStep: 1,
	range: "a whole number from 1 to 16",
	format: String,
	parse: (text) => {
		const beats = parseNumber(text);
		return Number.isInteger(beats) ? beats : null;
	},
});

export const masterGainScale: KnobScale = linearScale({
	...gainScale,
	initial: defaultSetSettings.masterGainDecibels,
	unit: "dB",
	hasSilence: true,
	step: 0.5,
	fineStep: 0.1,
	format: formatDecibels,
});

export const metronomeScale: KnobScale = linearScale({
	lowest: -48,
	highest: 0,
	initial: defaultSetSettings.metronomeGainDecibels,
	unit: "dB",
	hasSilence: true,
	step: 1,
	fineStep: 0.1,
	format: formatDecibels,
});

export const ceilingScale: KnobScale = linearScale({
	lowest: -24,
	highest: 0,
	initial: defaultSetSettings.limiterCeilingDecibels,
	unit: "dB",
	step: 0.5,
	fineStep: 0.1,
	format: formatDecibels,
});
