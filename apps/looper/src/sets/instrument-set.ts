import type { SampleSource } from "flitzis-looper";
import type { Instrument } from "../instrument/instrument.ts";
import { contentOf, type PadContent } from "../instrument/pad-content.ts";
import { emptyPad, type PadSource, type PadState } from "../instrument/pad-state.ts";
import { isBlob, type ReadableBlob } from "./readable-blob.ts";
import type { SampleReference, SetDocument, SetPad, SetSample } from "./set-document.ts";

/** What a sample is called in a set; null for one that is not kept. */
export type ReferenceOf = (source: SampleSource) => SampleReference | null;

/** The set that an instrument holds now. */
export function documentOf(
	name: string,
	{ pads, settings }: Pick<Instrument, "pads" | "settings">,
	referenceOf: ReferenceOf,
): SetDocument {
	const written = pads.states.map((state, pad) => setPadOf(pad, state, referenceOf));
	return { name, settings: settings.settings, pads: written.filter((pad) => pad !== null) };
}

function setPadOf(pad: number, state: PadState, referenceOf: ReferenceOf): SetPad | null {
	const held = contentOf(state);
	const wanted = held.wanted ?? failedSource(state);
	const sample = sampleOf(wanted, referenceOf);
	const settings = wanted?.settings ?? held.settings;
	return sample === null && settings === emptyPad.settings ? null : { pad, sample, settings };
}

/** What could not be loaded onto an empty pad: it may be there another time. */
function failedSource({ sample, load }: PadState): PadSource | null {
	return sample === null && load?.phase === "failed" ? load.wanted : null;
}

function sampleOf(wanted: PadSource | null, referenceOf: ReferenceOf): SetSample | null {
	if (wanted === null) return null;
	const { source, title, color } = wanted;
	const reference = referenceOf(source);
	return reference === null ? null : { ...reference, title, color };
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
