import { describe, expect, test } from "vitest";
import { ascii, concat, randomBytes, seededRandom } from "../../../test/fixtures.ts";
import { comment, type Id3Encoding, type Id3Options, id3Tag, picture, userText } from "../../../test/id3-writer.ts";
import { memorySource } from "../../source/byte-source.ts";
import { readId3GaplessNote } from "./id3-gapless.ts";

const TEXT = " 00000000 00000240 000003C0 000000000000BB80 00000000 00000000 00000000 00000000";
const NOTE = { before: 0x240, after: 0x3c0, frames: 0xbb80 };
const read = (...parts: readonly Uint8Array[]) => readId3GaplessNote(memorySource(concat(parts)));
const audio = randomBytes(500, seededRandom(1));

describe.each<[string, Id3Options]>([
	["2.2", { version: 2 }],
	["2.2, unsynchronised", { version: 2, isUnsynchronised: true }],
	["2.3", { version: 3 }],
	["2.3, unsynchronised", { version: 3, isUnsynchronised: true }],
	["2.3, with an extended header", { version: 3, hasExtendedHeader: true }],
	["2.4", { version: 4 }],
	["2.4, unsynchronised", { version: 4, isUnsynchronised: true }],
	["2.4, with an extended header", { version: 4, hasExtendedHeader: true }],
	["2.4, with sizes as in 2.3", { version: 4, hasPlainSizes: true }],
])("the iTunes note is found in ID3v%s", (_name, options) => {
	test.each<[string, Id3Encoding]>([
		["ISO 8859-1", 0],
		["UTF-16 with a byte order mark", 1],
		["UTF-16, the high byte first", 2],
		["UTF-8", 3],
	])("in %s, as a comment and as a user-defined text, after a picture", (_encoding, encoding) => {
		for (const write of [comment, userText]) {
			const other = comment("", "ÿ þ", 0);
			const contents = [picture(3_000), other, write("iTunNORM", TEXT, encoding), write("iTunSMPB", TEXT, encoding)];
			expect(read(id3Tag(contents, { ...options, paddingBytes: 300 }), audio)).toEqual(NOTE);
			expect(read(id3Tag(contents.slice(1), options), audio)).toEqual(NOTE);
		}
	});
});

test("it is found in the second of two tags, and after an APE tag", () => {
	const tag = id3Tag([comment("iTunSMPB", TEXT)], { version: 3 });
	const ape = concat([ascii("APETAGEX"), Uint8Array.of(0xd0, 7, 0, 0, 32, 0, 0, 0), new Uint8Array(16 + 32)]);
	expect(read(id3Tag([picture(10)], { version: 4 }), tag, audio)).toEqual(NOTE);
	expect(read(ape, tag, audio)).toEqual(NOTE);
});

test.each([
	["no tag", audio],
	["a tag of another name", id3Tag([comment("iTunNORM", TEXT)], { version: 3 })],
	["a text without numbers", id3Tag([comment("iTunSMPB", "gapless")], { version: 3 })],
	["a length of zero", id3Tag([comment("iTunSMPB", " 00000000 00000240 000003C0 0000000000000000")], { version: 3 })],
	["an unknown version", id3Tag([comment("iTunSMPB", TEXT)], { version: 3 }).fill(5, 3, 4)],
	["an encrypted frame", id3Tag([comment("iTunSMPB", TEXT)], { version: 3 }).fill(0x40, 19, 20)],
	["a compressed frame", id3Tag([comment("iTunSMPB", TEXT)], { version: 4 }).fill(0x08, 19, 20)],
	["a frame longer than its tag", id3Tag([comment("iTunSMPB", "")], { version: 3 }).fill(0x7f, 14, 18)],
])("there is none: %s", (_name, bytes) => {
	expect(read(bytes, audio)).toBeNull();
});

test("tags of noise yield a note or none", () => {
	for (let seed = 1; seed <= 500; seed++) {
		const random = seededRandom(seed);
		const version = ([2, 3, 4] as const)[seed % 3]!;
		const tag = id3Tag([picture(200), comment("iTunSMPB", TEXT, 1)], { version, isUnsynchronised: seed % 2 === 0 });
		for (let count = 0; count < 8; count++)
			tag[3 + Math.floor(random() * (tag.length - 3))] = Math.floor(random() * 256);
		expect(() => read(tag, audio)).not.toThrow();
	}
});
