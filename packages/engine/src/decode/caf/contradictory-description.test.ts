import { expect, test } from "vitest";
import { firstBitDifference } from "../../../test/bit-difference.ts";
import { forgetfulSource } from "../../../test/byte-sources.ts";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import { randomBytes, seededRandom } from "../../../test/fixtures.ts";
import { type CafOptions, writeCaf } from "../../../test/iff-writer.ts";
import { openCaf } from "./open-caf.ts";

const open = (bytes: Uint8Array, strict = false) => openCaf(forgetfulSource(bytes), decodeContext({ strict }));
const data = randomBytes(4_800, seededRandom(1));
const stereo: CafOptions = { channels: 2, bits: 16 };
const sound = decodeAll(open(writeCaf(data, stereo), true));

test.each<[string, Partial<CafOptions>]>([
	["no bytes per packet", { packetBytes: 0 }],
	["no frames per packet", { packetFrames: 0 }],
	["packets of 64 frames", { packetFrames: 64, packetBytes: 256 }],
	["no bits", { bits: 0, packetBytes: 4 }],
])("a description with %s is unambiguous", async (_name, options) => {
	const decoded = await decodeAll(open(writeCaf(data, { ...stereo, ...options }), true));
	expect(firstBitDifference(decoded.samples, (await sound).samples)).toBeNull();
});

test.each<[string, Partial<CafOptions>]>([
	["2 bytes per packet", { packetBytes: 2 }],
	["3 bytes per packet", { packetBytes: 3 }],
	["8 bytes per packet", { packetBytes: 8 }],
	["4 GiB per packet", { packetBytes: 0xffffffff }],
	["2 frames per packet", { packetBytes: 4, packetFrames: 2 }],
])("channels and bits override %s, with a warning", async (_name, options) => {
	const file = writeCaf(data, { ...stereo, ...options });
	const decoded = await decodeAll(open(file));
	expect(firstBitDifference(decoded.samples, (await sound).samples)).toBeNull();
	expect(decoded.warnings).toEqual([
		expect.stringMatching(/^The format contradicts itself: 2 channels of 16 bits, but packets of \d+ bytes/),
	]);
	await expect(open(file, true)).rejects.toMatchObject({ code: "malformed-audio", byteOffset: 36 });
});

test.each([
	["big-endian", 0],
	["little-endian", 2],
])("24 bits right-aligned in 4 bytes have full scale: %s", async (_name, flags) => {
	const integers = [2 ** 22, -(2 ** 23), 1, -1];
	const view = new DataView(new ArrayBuffer(4 * integers.length));
	for (const [index, integer] of integers.entries()) view.setInt32(4 * index, integer, flags === 2);
	const file = writeCaf(new Uint8Array(view.buffer), { channels: 1, bits: 24, packetBytes: 4, flags });
	const decoded = await decodeAll(open(file, true));
	expect([...decoded.samples]).toEqual([0.5, -1, 2 ** -23, -(2 ** -23)]);
});

test.each([0, 0x7fffffff, 0x80000000, 0xffffffff, 2_000_000_000, 2 ** 62])(
	"a data chunk of %i bytes extends to the end of the file without a warning",
	async (declaredDataBytes) => {
		const decoded = await decodeAll(open(writeCaf(data, { ...stereo, declaredDataBytes }), true));
		expect(firstBitDifference(decoded.samples, (await sound).samples)).toBeNull();
	},
);
