import { expect, test } from "vitest";
import { ascii, concat } from "../../../test/fixtures.ts";
import { bytes16, bytes32, iffChunk, writeAiff } from "../../../test/iff-writer.ts";
import { metadataOf } from "../../../test/metadata-of.ts";
import { NO_METADATA } from "../../protocol/sample-metadata.ts";

const FRAMES = 1_000;
const data = new Uint8Array(2 * FRAMES);
const options = { channels: 1, bits: 16 };

function marks(...entries: readonly (readonly [id: number, frame: number, name: string])[]): Uint8Array {
	const parts = entries.map(([id, frame, name]) =>
		concat([
			bytes16(id),
			bytes32(frame),
			Uint8Array.of(name.length),
			ascii(name),
			new Uint8Array((name.length + 1) % 2),
		]),
	);
	return iffChunk("MARK", concat([bytes16(entries.length), ...parts]));
}

function instrument(note: number, cents: number, loops: readonly number[]): Uint8Array {
	const head = Uint8Array.of(note, cents, 0, 127, 1, 127, 0, 0);
	return iffChunk("INST", concat([head, ...loops.map((word) => bytes16(word))]));
}

const music = [
	marks([1, 100, "start"], [2, 900, "fin"], [3, 500, "Drop"], [4, 1_000, ""]),
	instrument(60, 256 - 25, [1, 1, 2, 0, 0, 0]),
];
const expected = {
	...NO_METADATA,
	loops: [{ startFrame: 100, endFrame: 900, type: "forward" }],
	cuePoints: [
		{ frame: 500, label: "Drop" },
		{ frame: 1_000, label: null },
	],
	rootKey: 60.25,
};

test.each([
	["before the sound", { before: music }],
	["behind it", { after: music }],
	["between sound and description", { soundFirst: true, after: music }],
])("the sustain loop, the base note and the markers are read %s", async (_where, where) => {
	expect(await metadataOf(writeAiff(data, { ...options, ...where }))).toEqual(expected);
});

test("a loop that goes back and forth alternates; one without markers, or from behind its end, is none", async () => {
	const loopOf = async (...loop: readonly number[]) => {
		const after = [marks([1, 100, ""], [2, 900, ""]), instrument(60, 0, [...loop, 0, 0, 0])];
		return (await metadataOf(writeAiff(data, { ...options, after }))).loops;
	};
	expect(await loopOf(2, 1, 2)).toEqual([{ startFrame: 100, endFrame: 900, type: "alternating" }]);
	expect(await loopOf(0, 1, 2)).toEqual([]);
	expect(await loopOf(1, 1, 7)).toEqual([]);
	expect(await loopOf(1, 2, 1)).toEqual([]);
	expect(await loopOf(9, 1, 2)).toEqual([]);
});

test("counts, names and chunks that are cut say what is there", async () => {
	const cut = iffChunk("MARK", concat([bytes16(65_535), bytes16(1), bytes32(5), Uint8Array.of(200), ascii("Dr")]));
	const short = iffChunk("INST", Uint8Array.of(64));
	expect(await metadataOf(writeAiff(data, { ...options, after: [short, cut] }))).toEqual({
		...NO_METADATA,
		cuePoints: [{ frame: 5, label: "Dr" }],
	});
});
