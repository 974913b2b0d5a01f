import { TONICS } from "../protocol/musical-key.ts";
import { type CuePoint, type SampleLoop, type SampleMetadata, validMetadata } from "../protocol/sample-metadata.ts";
import { hasKeys } from "./entry-values.ts";

/** Whether a value of an entry is what `validMetadata` answers for a file of that many frames, with or without a key. */
export function isMetadata(value: unknown, frames: number): value is SampleMetadata {
	return (
		hasKeys(value, "loops", "cuePoints", "tempo", "beats", "meter", "isOneShot", "rootKey") &&
		Array.isArray(value.loops) &&
		value.loops.every(isLoop) &&
		Array.isArray(value.cuePoints) &&
		value.cuePoints.every(isCuePoint) &&
		[value.tempo, value.beats, value.rootKey].every((field) => field === null || typeof field === "number") &&
		(value.meter === null || hasKeys(value.meter, "numerator", "denominator")) &&
		(!("key" in value) || isKey(value.key)) &&
		(value.isOneShot === null || typeof value.isOneShot === "boolean") &&
		JSON.stringify(validMetadata(value as unknown as SampleMetadata, frames)) ===
			JSON.stringify({ ...value, key: undefined })
	);
}

function isKey(value: unknown): boolean {
	const isMode = hasKeys(value, "tonic", "mode") && (value.mode === "major" || value.mode === "minor");
	return isMode && TONICS.some((tonic) => tonic === value.tonic);
}

function isLoop(value: unknown): value is SampleLoop {
	if (!hasKeys(value, "startFrame", "endFrame", "type")) return false;
	return ["forward", "alternating", "backward"].some((type) => type === value.type);
}

function isCuePoint(value: unknown): value is CuePoint {
	return hasKeys(value, "frame", "label") && (value.label === null || typeof value.label === "string");
}
