import { ascii, concat } from "./fixtures.ts";

/** Boxes that only contain others. */
const CONTAINERS: readonly string[] = ["moov", "trak", "mdia", "minf", "stbl", "edts"];

/** One entry of an edit list. */
export interface EditEntry {
	/** In ticks of the movie clock. */
	readonly duration: number | bigint;
	/** In ticks of the track clock; -1 is silence. */
	readonly mediaTime: number;
	/** Default 1. */
	readonly rate?: number;
}

/** A box with a body of the given parts. */
export function mp4Box(type: string, ...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const body = concat(parts);
	return concat([words(body.length + 8), ascii(type), body]);
}

/** 32-bit numbers, most significant byte first. */
export function words(...values: readonly number[]): Uint8Array<ArrayBuffer> {
	const view = new DataView(new ArrayBuffer(4 * values.length));
	for (const [index, value] of values.entries()) view.setUint32(4 * index, value);
	return new Uint8Array(view.buffer);
}

/**
 * An edit list.
 *
 * Source: ISO/IEC 14496-12:2022, section 8.6.6.
 */
export function editListBox(entries: readonly EditEntry[], version: 0 | 1 = 0): Uint8Array {
	const rows = entries.map(({ duration, mediaTime, rate = 1 }) => {
		const fields = version === 0 ? words(Number(duration), mediaTime) : longWords(BigInt(duration), BigInt(mediaTime));
		return concat([fields, words(Math.round(rate * 0x1_0000))]);
	});
	return mp4Box("edts", mp4Box("elst", words(version * 0x100_0000, entries.length), concat(rows)));
}

function longWords(...values: readonly bigint[]): Uint8Array {
	const view = new DataView(new ArrayBuffer(8 * values.length));
	for (const [index, value] of values.entries()) view.setBigInt64(8 * index, value);
	return new Uint8Array(view.buffer);
}

/** A box in memory and its offset. */
interface ReadBox {
	readonly type: string;
	readonly bytes: Uint8Array;
	readonly start: number;
}

/** The consecutive boxes in some bytes; long headers are not supported. */
export function boxesIn(bytes: Uint8Array): ReadBox[] {
	const boxes: ReadBox[] = [];
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	for (let start = 0; start < bytes.length; start += view.getUint32(start)) {
		const type = String.fromCharCode(...bytes.subarray(start + 4, start + 8));
		boxes.push({ type, start, bytes: bytes.subarray(start, start + view.getUint32(start)) });
	}
	return boxes;
}

/** Changes the child boxes of a box, given its type. */
type Rewrite = (boxes: readonly ReadBox[], parent: string) => readonly Uint8Array[];

function rewritten(box: Uint8Array, type: string, rewrite: Rewrite): Uint8Array {
	if (!CONTAINERS.includes(type)) return box;
	const inner = boxesIn(box.subarray(8)).map((child) => ({
		...child,
		bytes: rewritten(child.bytes, child.type, rewrite),
	}));
	return mp4Box(type, ...rewrite(inner, type));
}

/** A file of these boxes in order; the index gets the new offsets of the sound. */
export function mp4File(boxes: readonly Uint8Array[], original: Uint8Array): Uint8Array<ArrayBuffer> {
	const places = (bytes: Uint8Array): number => boxesIn(bytes).find(({ type }) => type === "mdat")!.start;
	const file = concat(boxes);
	return concat(boxesIn(file).map(({ bytes, type }) => moved(bytes, type, places(file) - places(original))));
}

function moved(box: Uint8Array, boxType: string, distance: number): Uint8Array {
	return rewritten(box, boxType, (children) =>
		children.map(({ type, bytes }) => {
			if (type !== "stco") return bytes;
			const copy = new Uint8Array(bytes);
			const view = new DataView(copy.buffer);
			for (let at = 16; at < copy.length; at += 4) view.setUint32(at, view.getUint32(at) + distance);
			return copy;
		}),
	);
}

/**
 * A file of one track with another edit list, or without one.
 *
 * @param movieTimescale - ticks per second of the movie clock; kept by default
 */
export function withEditList(
	file: Uint8Array,
	list: Uint8Array | null,
	movieTimescale: number | null = null,
): Uint8Array<ArrayBuffer> {
	const edited = boxesIn(file).map(({ type, bytes }) =>
		rewritten(bytes, type, (children, parent) => {
			if (parent === "trak") return withoutEdits(children, list);
			return children.map((child) =>
				child.type === "mvhd" ? withTimescale(child.bytes, movieTimescale) : child.bytes,
			);
		}),
	);
	return mp4File(edited, file);
}

function withoutEdits(children: readonly ReadBox[], list: Uint8Array | null): Uint8Array[] {
	const others = children.filter(({ type }) => type !== "edts");
	return others.flatMap(({ type, bytes }) => (type === "mdia" && list !== null ? [list, bytes] : [bytes]));
}

function withTimescale(header: Uint8Array, timescale: number | null): Uint8Array {
	if (timescale === null) return header;
	const copy = new Uint8Array(header);
	new DataView(copy.buffer).setUint32(20, timescale);
	return copy;
}

/** A file with its packets in one chunk, each changed. */
export function withPackets(file: Uint8Array, change: (packet: Uint8Array) => Uint8Array): Uint8Array<ArrayBuffer> {
	const sound = boxesIn(file).find(({ type }) => type === "mdat")!;
	let packets: Uint8Array[] = [];
	const sizesOf = (box: Uint8Array): number[] => {
		const view = new DataView(box.buffer, box.byteOffset, box.length);
		return Array.from({ length: view.getUint32(16) }, (_value, packet) => view.getUint32(20 + 4 * packet));
	};
	const changed = boxesIn(file).map(({ type, bytes }) =>
		rewritten(bytes, type, (children) => {
			const sizes = children.find((child) => child.type === "stsz");
			if (sizes === undefined) return children.map((child) => child.bytes);
			let offset = 8;
			packets = sizesOf(sizes.bytes).map((size) => {
				offset += size;
				return change(sound.bytes.subarray(offset - size, offset));
			});
			const tables = new Map<string, readonly number[]>([
				["stsz", [0, 0, packets.length, ...packets.map(({ length }) => length)]],
				["stsc", [0, 1, 1, packets.length, 1]],
				["stco", [0, 1, sound.start + 8]],
			]);
			return children.map((child) => {
				const table = tables.get(child.type);
				return table === undefined ? child.bytes : mp4Box(child.type, words(...table));
			});
		}),
	);
	const types = boxesIn(file).map(({ type }) => type);
	return concat(changed.map((bytes, index) => (types[index] === "mdat" ? mp4Box("mdat", ...packets) : bytes)));
}

/** A file with an iTunes note of the recording's frames. */
export function withGaplessNote(
	file: Uint8Array,
	{ start, frames }: { start: number; frames: number },
): Uint8Array<ArrayBuffer> {
	const hexadecimal = (value: number): string => value.toString(16).toUpperCase().padStart(8, "0");
	const text = ` 00000000 ${hexadecimal(start)} 00000000 ${hexadecimal(frames).padStart(16, "0")}`;
	const name = mp4Box("name", words(0), ascii("iTunSMPB"));
	const data = mp4Box("data", words(1, 0), ascii(text));
	const item = mp4Box("----", mp4Box("mean", words(0), ascii("com.apple.iTunes")), name, data);
	const tags = mp4Box("udta", mp4Box("meta", words(0), mp4Box("ilst", item)));
	const noted = boxesIn(file).map(({ type, bytes }) =>
		rewritten(bytes, type, (children, parent) => {
			const own = children.filter((child) => child.type !== "udta").map((child) => child.bytes);
			return parent === "moov" ? [...own, tags] : own;
		}),
	);
	return mp4File(noted, file);
}
