import type { SampleInfo } from "flitzis-looper";
import { html, nothing, type TemplateResult } from "lit";
import type { PadState } from "../instrument/pad-state.ts";
import {
	chokeIcon,
	cueIcon,
	gateIcon,
	lockIcon,
	loopIcon,
	muteIcon,
	repeatIcon,
	reverseIcon,
	soloIcon,
	syncIcon,
	toggleIcon,
	warningIcon,
} from "../theme/icons.browser.ts";
import { formatKey, sureKey } from "./key-wheel.ts";
import { type PadMark, padMarks } from "./pad-marks.ts";
import { padTempo } from "./pad-region.ts";
import { formatBeats, formatDuration, formatTempo } from "./pad-text.ts";

const icons: Readonly<Record<PadMark["icon"], TemplateResult>> = {
	loop: loopIcon,
	gate: gateIcon,
	toggle: toggleIcon,
	repeat: repeatIcon,
	reverse: reverseIcon,
	sync: syncIcon,
	choke: chokeIcon,
	solo: soloIcon,
	cue: cueIcon,
	mute: muteIcon,
	lock: lockIcon,
	warning: warningIcon,
};

/** The pad's settings as small pictures; its accessible name says them in words. */
export function marksFace(pad: PadState): TemplateResult {
	return html`<span class="marks" aria-hidden="true"
		>${padMarks(pad).map(({ icon, text }) => html`<span class="mark ${icon}">${icons[icon]}${text}</span>`)}</span
	>`;
}

/** How long the pad's sound is, in beats or in seconds, its tempo and its key. @param info - null for an empty pad */
export function lengthFace({ settings, analysis }: PadState, info: SampleInfo | null): TemplateResult | typeof nothing {
	if (info === null) return nothing;
	const { lengthBeats } = settings;
	const tempo = padTempo(settings, info);
	const key = sureKey(analysis);
	return html`
		<span class="detail">
			<span>${lengthBeats > 0 ? formatBeats(lengthBeats) : formatDuration(info.durationSec)}</span>
			${tempo === null ? nothing : html`<span class="tempo">${formatTempo(tempo)}</span>`}
			${key === null ? nothing : html`<span class="tone">${formatKey(key)}</span>`}
		</span>
	`;
}
