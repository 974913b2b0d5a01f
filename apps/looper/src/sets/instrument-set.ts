import type { SampleSource } from "flitzis-looper";
import type { Instrument } from "../instrument/instrument.ts";
import { contentOf, type PadContent } from "../instrument/pad-content.ts";
import { emptyPad, type PadSource, type PadState } from "../instrument/pad-state.ts";
import { isBlob, type ReadableBlob } from "./readable-blob.ts";
import type { SampleReference, SetDocument, SetPad, SetSample } from "./set-document.ts";

/** Finds what a set calls the samples on its pads. */
export interface SampleNames {
	/** Null for a sample that is not kept. */
	referenceOf(source: SampleSource): SampleReference | null;
	/** The sample that the pad had before one that is not kept yet; null for none. */
	sampleBefore(pad: number, source: SampleSource): SetSample | null;
}

/** The set that an instrument holds now. */
export function documentOf(
	name: string,
	{ pads, settings }: Pick<Instrument, "pads" | "settings">,
	names: SampleNames,
): SetDocument {
	const written = pads.states.map((state, pad) => setPadOf(pad, state, names));
	return { name, settings: settings.settings, pads: written.filter((pad) => pad !== null) };
}

function setPadOf(pad: number, state: PadState, names: SampleNames): SetPad | null {
	const { wanted, settings } = contentOf(state);
	const sample = wanted === null ? null : sampleOn(pad, wanted, names);
	return sample === null && settings === emptyPad.settings ? null : { pad, sample, settings };
}

function sampleOn(pad: number, { source, title, color }: PadSource, names: SampleNames): SetSample | null {
	const reference = names.referenceOf(source);
	return reference === null ? names.sampleBefore(pad, source) : { ...reference, title, color };
}

/**
 * What a set puts on the pads.
 *
 * @param sourceOf - null for a sample that is not there: its pad stays without one
 */
export function contentsOf(
	{ pads }: SetDocument,
	sourceOf: (sample: SetSample) => SampleSource | null,
): ReadonlyMap<number, PadContent> {
	const contents = pads.map(({ pad, sample, settings }): [number, PadContent] => {
		const source = sample === null ? null : sourceOf(sample);
		if (sample === null || source === null) return [pad, { wanted: null, settings }];
		const { title, color } = sample;
		return [pad, { wanted: { source, title, color, isDemo: "url" in sample }, settings }];
	});
	return new Map(contents);
}

/** The files that pads play or load, by their SHA-256. */
export function filesOn(
	pads: readonly PadState[],
	referenceOf: (file: ReadableBlob) => { readonly sha256: string } | null,
): ReadonlyMap<string, ReadableBlob> {
	const files = pads
		.flatMap(({ sample, load }) => [sample?.source, load?.wanted.source])
		.filter((source) => source !== undefined)
		.filter(isBlob);
	return new Map(files.map((file) => [referenceOf(file)?.sha256 ?? "", file]));
}
