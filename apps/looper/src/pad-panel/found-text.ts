import type { SampleAnalysis } from "flitzis-looper";
import { isUncertain } from "../analysis/analysis-settings.ts";
import type { PadState } from "../instrument/pad-state.ts";
import { formatKey, goWell, sureKey } from "../pad/key-wheel.ts";
import { formatTempo } from "../pad/pad-text.ts";

/** What the tempo that was found is, where it is not simply the pad's: uncertain, or not constant. Null else. */
export function tempoText({ tempo }: SampleAnalysis, lengthBeats: number): string | null {
	if (tempo === null) return null;
	if (!tempo.isConstant) return `The tempo is not constant, about ${formatTempo(tempo.bpm)}`;
	if (lengthBeats > 0) return null;
	const others = tempo.alternatives.slice(0, 2).map((other) => String(Number(other.toFixed(1))));
	const text = `${formatTempo(tempo.bpm)}, or ${others.join(" or ")}`;
	return isUncertain({ tempo }) ? `Perhaps ${text}: tap it, or match it` : `Found ${text}: match it`;
}

/** The key that was found, and the pads whose keys go well with it. Null where none was found. */
export function keyText({ key }: SampleAnalysis, pad: number, states: readonly PadState[]): string | null {
	if (key === null) return null;
	const name = `${key.tonic} ${key.mode} (${formatKey(key).split(" ")[1]})`;
	if (sureKey({ key }) === null) return `Perhaps ${name}`;
	const others = states.flatMap(({ analysis }, other) => {
		const otherKey = sureKey(analysis);
		return other !== pad && otherKey !== null && goWell(key, otherKey) ? [other + 1] : [];
	});
	if (others.length === 0) return name;
	const shown = others.slice(0, 8).join(", ");
	const more = others.length > 8 ? " …" : "";
	return `${name}, goes with ${others.length === 1 ? "pad" : "pads"} ${shown}${more}`;
}

/** How loud the sample is, as it is measured. */
export function loudnessText({ loudness: { lufs } }: SampleAnalysis): string | null {
	return lufs === null ? null : `${lufs.toFixed(1).replace("-", "−")} LUFS`;
}
