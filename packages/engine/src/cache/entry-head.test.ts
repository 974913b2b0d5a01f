import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { SampleMetadata } from "../protocol/sample-metadata.ts";
import { memorySource } from "../source/byte-source.ts";
import { CHECKSUM_BYTES } from "./checksum.ts";
import { type EntryDescription, readHead, writeHead } from "./entry-head.ts";

const name = "0f".repeat(39);
const metadata: SampleMetadata = {
	loops: [{ startFrame: 1, endFrame: 4, type: "alternating" }],
	cuePoints: [{ frame: 5, label: "end \u{1f941}" }],
	tempo: 97.5,
	beats: 2,
	meter: { numerator: 3, denominator: 4 },
	isOneShot: false,
	rootKey: 60.25,
	key: { tonic: "Eb", mode: "minor" },
};
const description: EntryDescription = {
	name,
	frames: 5,
	channels: 2,
	edgeFrames: 0,
	warnings: [],
	recorded: { format: "FLAC", sampleRate: 44_100, channels: 2, frames: 5, metadata },
};

function recordedWith(changed: object): object {
	return { ...description.recorded, metadata: { ...metadata, ...changed } };
}

/** An entry with the given head, zero frames and a zero checksum. */
function entryWith(value: object, pcmBytes = 40): Uint8Array {
	// Written heads may be anything; reading must reject them.
	const head = writeHead(value as EntryDescription) ?? new Uint8Array();
	const bytes = new Uint8Array(head.length + pcmBytes + CHECKSUM_BYTES);
	bytes.set(head);
	return bytes;
}

const read = (bytes: Uint8Array): unknown => readHead(memorySource(bytes), name);

test("a head round-trips, warnings in any script included, and the frames are word-aligned", () => {
	fc.assert(
		fc.property(fc.array(fc.string({ unit: "binary" }), { maxLength: 5 }), (warnings) => {
			const bytes = entryWith({ ...description, warnings });
			const layout = readHead(memorySource(bytes), name);
			expect(layout?.description).toEqual({ ...description, warnings });
			expect(layout?.pcmBytes).toBe(40);
			expect(layout?.pcmOffset).toBe(bytes.length - 40 - CHECKSUM_BYTES);
			expect((layout?.pcmOffset ?? 1) % 4).toBe(0);
		}),
		{ seed: 4, numRuns: 200 },
	);
});

test("an entry with another name, or longer or shorter than its head declares, is rejected", () => {
	expect(readHead(memorySource(entryWith(description)), name.replace("0f", "00"))).toBeNull();
	for (const pcmBytes of [0, 36, 39, 41, 44, 4_000]) expect(read(entryWith(description, pcmBytes))).toBeNull();
});

test.each<[what: string, change: Record<string, unknown>]>([
	["no frames", { frames: 0 }],
	["half a frame", { frames: 2.5, channels: 4 }],
	["frames as a string", { frames: "5" }],
	["too many channels", { channels: 10, frames: 1 }],
	["no edges", { edgeFrames: undefined }],
	["half a frame at the edges", { edgeFrames: 0.5 }],
	["negative edges", { edgeFrames: -1 }],
	["edges longer than its bytes", { edgeFrames: 1 }],
	["no warnings", { warnings: undefined }],
	["warnings that are not strings", { warnings: [1] }],
	["no recording", { recorded: null }],
	["a recording without a rate", { recorded: { ...description.recorded, sampleRate: undefined } }],
	["no metadata", { recorded: { ...description.recorded, metadata: undefined } }],
	["a loop outside", { recorded: recordedWith({ loops: [{ startFrame: 1, endFrame: 6, type: "forward" }] }) }],
	["a loop of no type", { recorded: recordedWith({ loops: [{ startFrame: 1, endFrame: 5, type: "round" }] }) }],
	["loops that are no list", { recorded: recordedWith({ loops: 5 }) }],
	["a place without a frame", { recorded: recordedWith({ cuePoints: [{ label: null }] }) }],
	["a tempo of text", { recorded: recordedWith({ tempo: "97" }) }],
	["a meter of one number", { recorded: recordedWith({ meter: { numerator: 4 } }) }],
	["a key of another note", { recorded: recordedWith({ key: { tonic: "H", mode: "minor" } }) }],
	["a key without a mode", { recorded: recordedWith({ key: { tonic: "A" } }) }],
	["a flag that is a number", { recorded: recordedWith({ isOneShot: 1 }) }],
	["a recording whose format is not a string", { recorded: { ...description.recorded, format: 5 } }],
	["a name that is not a string", { name: [name] }],
])("a head with %s is rejected", (_, change) => {
	expect(read(entryWith({ ...description, ...change }))).toBeNull();
});

test("reading a head never throws or exceeds its bytes", () => {
	const whole = entryWith(description);
	fc.assert(
		fc.property(
			fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 }),
			fc.nat(whole.length),
			(changes, length) => {
				const bytes = whole.slice();
				for (const [offset, value] of changes) bytes[offset] = value;
				const layout = readHead(memorySource(bytes.subarray(0, length)), name);
				const end = layout === null ? length : layout.pcmOffset + layout.pcmBytes + CHECKSUM_BYTES;
				expect(end).toBe(length);
			},
		),
		{ seed: 4, numRuns: 2_000 },
	);
});

test("a description longer than one read is not written", () => {
	expect(writeHead({ ...description, warnings: ["x".repeat(2 ** 19)] })).toBeNull();
});
