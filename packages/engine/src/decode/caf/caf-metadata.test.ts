import { expect, test } from "vitest";
import { ascii, concat } from "../../../test/fixtures.ts";
import { bytes32, bytes64, bytesOfDouble, cafChunk, writeCaf } from "../../../test/iff-writer.ts";
import { metadataOf } from "../../../test/metadata-of.ts";
import { NO_METADATA } from "../../protocol/sample-metadata.ts";

const FRAMES = 1_000;
const options = { channels: 1, bits: 16 };
const data = new Uint8Array(2 * FRAMES);

function marker(type: string, frame: number, id: number): Uint8Array {
	return concat([ascii(type), bytesOfDouble(frame), bytes32(id), new Uint8Array(8), bytes32(0)]);
}

function markers(...entries: readonly Uint8Array[]): Uint8Array {
	return cafChunk("mark", concat([bytes32(0), bytes32(entries.length), ...entries]));
}

const names = cafChunk(
	"strg",
	concat([bytes32(2), bytes32(7), bytes64(0), bytes32(8), bytes64(6), ascii("Drop\0\0Gap\0")]),
);
const instrument = cafChunk(
	"inst",
	concat([new Uint8Array(Float32Array.of(60.5).buffer).toReversed(), new Uint8Array(24)]),
);

test.each([
	["before the audio", "before"],
	["behind it", "after"],
] as const)("markers, their names, the sustain loop and the base note are read %s", async (_where, where) => {
	const parts = [
		marker("slbg", 100, 1),
		marker("slen", 900, 2),
		marker("\0\0\0\0", 500, 7),
		marker("pend", 990.4, 8),
		marker("\0\0\0\0", Number.NaN, 7),
	];
	const file = writeCaf(data, { ...options, [where]: [instrument, markers(...parts), names] });
	expect(await metadataOf(file)).toEqual({
		...NO_METADATA,
		loops: [{ startFrame: 100, endFrame: 900, type: "forward" }],
		cuePoints: [
			{ frame: 500, label: "Drop" },
			{ frame: 990, label: "Gap" },
		],
		rootKey: 60.5,
	});
});

test("counts and offsets beyond their chunk say what is there", async () => {
	const hostile = cafChunk("mark", concat([bytes32(0), bytes32(0xffff_ffff), marker("\0\0\0\0", 5, 7)]));
	const strings = cafChunk("strg", concat([bytes32(0xffff_ffff), bytes32(7), bytes64(2 ** 52)]));
	const after = [hostile, strings, cafChunk("inst", Uint8Array.of(1))];
	expect(await metadataOf(writeCaf(data, { ...options, after }))).toEqual({
		...NO_METADATA,
		cuePoints: [{ frame: 5, label: null }],
	});
});
