import * as fc from "fast-check";
import { expect, test } from "vitest";
import { memorySource } from "../source/byte-source.ts";
import { CHECKSUM_BYTES, type EntryDescription, readHead, writeHead } from "./entry-head.ts";

const name = "0f".repeat(39);
const description: EntryDescription = {
	name,
	frames: 5,
	channels: 2,
	edgeFrames: 0,
	warnings: [],
	recorded: { format: "FLAC", sampleRate: 44_100, channels: 2, frames: 5 },
};

/** An entry with that head, whose frames and checksum are zeros. */
function entryWith(value: object, pcmBytes = 40): Uint8Array {
	// What is written may be anything; what is read must not be.
	const head = writeHead(value as EntryDescription) ?? new Uint8Array();
	const bytes = new Uint8Array(head.length + pcmBytes + CHECKSUM_BYTES);
	bytes.set(head);
	return bytes;
}

const read = (bytes: Uint8Array): unknown => readHead(memorySource(bytes), name);

test("what a head says is read again, warnings in any script included, and the frames begin at a whole word", () => {
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

test("an entry found under another name, or longer or shorter than its head says, is none", () => {
	expect(readHead(memorySource(entryWith(description)), name.replace("0f", "00"))).toBeNull();
	for (const pcmBytes of [0, 36, 39, 41, 44, 4_000]) expect(read(entryWith(description, pcmBytes))).toBeNull();
});

test.each<[what: string, change: Record<string, unknown>]>([
	["no frames", { frames: 0 }],
	["half a frame", { frames: 2.5, channels: 4 }],
	["frames as text", { frames: "5" }],
	["more channels than are played", { channels: 10, frames: 1 }],
	["no edges", { edgeFrames: undefined }],
	["half a frame at the edges", { edgeFrames: 0.5 }],
	["fewer than no edges", { edgeFrames: -1 }],
	["edges that its bytes do not hold", { edgeFrames: 1 }],
	["no warnings", { warnings: undefined }],
	["warnings that are no texts", { warnings: [1] }],
	["no recording", { recorded: null }],
	["a recording without a rate", { recorded: { ...description.recorded, sampleRate: undefined } }],
	["a recording whose format is no text", { recorded: { ...description.recorded, format: 5 } }],
	["a name that is no text", { name: [name] }],
])("a head with %s is none", (_, change) => {
	expect(read(entryWith({ ...description, ...change }))).toBeNull();
});

test("no bytes whatever make reading a head fail or run beyond them", () => {
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
