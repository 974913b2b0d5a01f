import { formatDecibels, gainScale } from "../fader/gain-scale.ts";
import { defaultSetSettings } from "../instrument/set-settings.ts";
import { type KnobScale, linearScale } from "../knob/knob-scale.ts";

/** Beats per minute. */
export const tempoScale: KnobScale = linearScale({
	lowest: 20,
	highest: 400,
	initial: defaultSetSettings.tempo,
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
	format: String,
});

export const masterGainScale: KnobScale = linearScale({
	...gainScale,
	initial: defaultSetSettings.masterGainDecibels,
	step: 0.5,
	fineStep: 0.1,
	format: formatDecibels,
});

export const metronomeScale: KnobScale = linearScale({
	lowest: -48,
	highest: 0,
	initial: defaultSetSettings.metronomeGainDecibels,
	step: 1,
	fineStep: 0.1,
	format: formatDecibels,
});

export const ceilingScale: KnobScale = linearScale({
	lowest: -24,
	highest: 0,
	initial: defaultSetSettings.limiterCeilingDecibels,
	step: 0.5,
	fineStep: 0.1,
	format: formatDecibels,
});
