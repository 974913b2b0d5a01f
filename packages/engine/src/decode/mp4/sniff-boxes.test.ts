import { afterAll, expect, test } from "vitest";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import {
	ascii,
	concat,
	convertWithFfmpeg,
	decodeWithFfmpeg,
	differenceDecibels,
	firstDifference,
	music,
	writeWave,
} from "../../../test/fixtures.ts";
import { boxesIn, mp4Box, mp4File, words } from "../../../test/mp4-writer.ts";
import { testAudio } from "../../../test/node-audio.ts";
import { sniff } from "../../../test/sniff.ts";
import { memorySource } from "../../source/byte-source.ts";
import { openDecoder } from "../open-decoder.ts";
import { isBoxFile } from "./sniff-boxes.ts";

afterAll(() => testAudio.close());

const FRAMES = 30_000;
const wave = writeWave(music(FRAMES, 48_000, 2), { sampleRate: 48_000, channels: 2 });
const alac = convertWithFfmpeg(wave, { from: "wav", to: "mov", args: ["-c:a", "alac"] });
const aac = convertWithFfmpeg(wave, { from: "wav", to: "mov", args: ["-c:a", "aac", "-aac_pns", "0"] });

/** Boxes without relevant content. */
const filler = {
	wide: mp4Box("wide"),
	free: mp4Box("free", new Uint8Array(40)),
	skip: mp4Box("skip", ascii("left by an editor")),
	pnot: mp4Box("pnot", words(0), words(0x5049, 0x4354_0001)),
	PICT: mp4Box("PICT", new Uint8Array(100)),
	uuid: mp4Box("uuid", new Uint8Array(24)),
};

function ordered(file: Uint8Array, ...types: readonly string[]): Uint8Array {
	const own = new Map(boxesIn(file).map(({ type, bytes }) => [type, bytes]));
	const others = new Map<string, Uint8Array>(Object.entries(filler));
	return mp4File(
		types.map((type) => own.get(type) ?? others.get(type)!),
		file,
	);
}

const decode = (bytes: Uint8Array) =>
	decodeAll(openDecoder(memorySource(bytes), decodeContext({ platformAudio: testAudio, strict: true })));

test.each([
	[["mdat", "moov"]],
	[["wide", "mdat", "moov"]],
	[["free", "mdat", "moov"]],
	[["skip", "moov", "mdat"]],
	[["pnot", "PICT", "wide", "mdat", "moov"]],
	[["uuid", "mdat", "moov"]],
	[["moov", "mdat"]],
	[["free", "ftyp", "mdat", "moov"]],
])(
	"boxes in the order %j are a QuickTime file, and match ffmpeg's decode of the file in the usual order",
	async (types) => {
		const file = ordered(alac, ...types);
		expect(sniff(memorySource(file))).toBe("quicktime");
		expect(firstDifference((await decode(file)).samples, decodeWithFfmpeg(alac, "mov"))).toBeNull();
		const lossy = await decode(ordered(aac, ...types));
		expect(differenceDecibels(lossy.samples, decodeWithFfmpeg(aac, "mov"))).toBeLessThan(-90);
	},
);

test("a box with a 64-bit length begins a QuickTime file", () => {
	const [mdat] = boxesIn(alac).filter(({ type }) => type === "mdat");
	const body = mdat!.bytes.subarray(8);
	const long = concat([words(1), ascii("mdat"), words(0, body.length + 16), body, mp4Box("moov")]);
	expect(sniff(memorySource(long))).toBe("quicktime");
});

test("bytes after the last box, too few for another one, are ignored", () => {
	expect(isBoxFile(memorySource(concat([ordered(alac, "wide", "mdat"), words(0)])))).toBe(true);
});

test.each([
	["its length is that of the whole file", ordered(alac, "mdat")],
	["its length is a placeholder", concat([words(0x7fff_0000), ascii("mdat"), new Uint8Array(5_000)])],
	["it extends to the end", concat([words(0), ascii("mdat"), new Uint8Array(5_000)])],
])("a recording interrupted within its sound is reported to have no index: %s", async (_what, file) => {
	await expect(decode(file)).rejects.toMatchObject({
		code: "malformed-audio",
		message: expect.stringContaining("no index (moov box)"),
	});
});

test.each([
	["a length within the header", concat([words(7), ascii("free"), new Uint8Array(100)])],
	["a long length within the header", concat([words(1), ascii("mdat"), words(0, 15), new Uint8Array(100)])],
	["a length beyond the file", concat([words(9_000), ascii("free"), new Uint8Array(100)])],
	["an unknown type", concat([mp4Box("what"), mp4Box("moov")])],
	["no box after it", concat([mp4Box("free", new Uint8Array(40)), new Uint8Array(100)])],
	["a header cut short", concat([words(8), ascii("wid")])],
	["text that names a box", ascii("see free skip")],
])("bytes that begin like a box are not one with %s", (_what, bytes) => {
	expect(isBoxFile(memorySource(bytes))).toBe(false);
});
