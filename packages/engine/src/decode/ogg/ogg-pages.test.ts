import { expect, test } from "vitest";
import { countedWindow, forgetfulSource } from "../../../test/byte-sources.ts";
import { ascii, concat, randomBytes, seededRandom } from "../../../test/fixtures.ts";
import { sealOggPage } from "../../../test/ogg-fixtures.ts";
import { MAX_READ_BYTES, memorySource } from "../../source/byte-source.ts";
import { OggPackets } from "./ogg-packets.ts";
import { findLastPage, validPages } from "./ogg-pages.ts";

const SERIAL = 77;
const CONTINUED = 1;
const LONGEST_BODY = 255 * 255;

/** A valid page whose body is one packet, or a part of one if the body fills all segments. */
function page(body: Uint8Array, { sequence = 0, granule = 0, flags = 0 } = {}): Uint8Array<ArrayBuffer> {
	const segments = Array.from({ length: Math.min(255, Math.floor(body.length / 255) + 1) }, (_value, index) =>
		Math.min(255, body.length - 255 * index),
	);
	const head = new Uint8Array(27);
	const view = new DataView(head.buffer);
	head.set(ascii("OggS"));
	head[5] = flags;
	view.setBigInt64(6, BigInt(granule), true);
	view.setUint32(14, SERIAL, true);
	view.setUint32(18, sequence, true);
	head[26] = segments.length;
	return sealOggPage(concat([head, Uint8Array.from(segments), body]));
}

const body = (length: number, seed: number) => randomBytes(length, seededRandom(seed));
const long = page(body(LONGEST_BODY, 1), { sequence: 1, granule: 5_000 });
const short = page(body(300, 2), { sequence: 2, granule: 6_000 });

test.each([0, 1, 2, 3, 4])("a page that begins %i bytes before the end of a search step is found", (before) => {
	const junk = new Uint8Array(65_537 - before).fill(0x4f);
	const file = concat([short, junk, long]);
	const offsets = [...validPages(forgetfulSource(file))].map(({ offset }) => offset);
	expect(offsets).toEqual([0, short.length + junk.length]);
});

test.each([-2, -1, 0, 1, 2, long.length - 1, long.length, long.length + 1])(
	"the last page is found if it begins %i bytes after the boundary of a search step",
	(shift) => {
		const stretch = MAX_READ_BYTES - (27 + 255 + LONGEST_BODY);
		const junk = new Uint8Array(stretch - shift).fill(0x4f);
		const file = concat([short, long, junk.subarray(Math.min(junk.length, long.length))]);
		expect(findLastPage(forgetfulSource(file), SERIAL)?.granule).toBe(5_000);
	},
);

test("the last page is found after megabytes of junk, in one pass", () => {
	const file = concat([short, new Uint8Array(5_000_000).fill(0x53)]);
	const { source, fills } = countedWindow(file);
	expect(findLastPage(source, SERIAL)?.granule).toBe(6_000);
	expect(fills()).toBeLessThan(8);
	expect(findLastPage(source, SERIAL + 1)).toBeNull();
});

test("a packet across several pages is complete although the earlier pages are overwritten", () => {
	const packet = body(LONGEST_BODY + 1_000, 3);
	const file = concat([
		page(packet.subarray(0, LONGEST_BODY), { granule: -1 }),
		page(packet.subarray(LONGEST_BODY), { sequence: 1, flags: CONTINUED }),
	]);
	const packets = new OggPackets();
	const found: Uint8Array[] = [];
	for (const read of validPages(forgetfulSource(file))) found.push(...packets.completedIn(read));
	expect(found).toEqual([packet]);
});

test("a packet longer than 1 MiB is truncated, and the next one is complete", () => {
	const part = body(LONGEST_BODY, 4);
	const pages = Array.from({ length: 20 }, (_value, sequence) =>
		page(part, { granule: -1, sequence, flags: sequence === 0 ? 0 : CONTINUED }),
	);
	const file = concat([...pages, page(Uint8Array.of(1, 2, 3), { sequence: 20, flags: CONTINUED }), short]);
	const packets = new OggPackets();
	const found: Uint8Array[] = [];
	for (const read of validPages(memorySource(file))) found.push(...packets.completedIn(read));
	expect(found.map(({ length }) => length)).toEqual([2 ** 20, 300]);
});
