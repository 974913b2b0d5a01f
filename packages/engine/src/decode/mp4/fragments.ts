import type { ByteSource } from "../../source/byte-source.ts";
import { readUint64 } from "../pcm/chunk-reader.ts";
import { type Box, findPath, readBody, readBoxes } from "./boxes.ts";
import type { TimedPacket } from "./sample-tables.ts";

/** Values for fields that packets of a fragment omit. */
interface Defaults {
	readonly duration: number;
	readonly byteLength: number;
}

const BASE_OFFSET = 0x1;
const DESCRIPTION_INDEX = 0x2;
const DEFAULT_DURATION = 0x8;
const DEFAULT_SIZE = 0x10;

/** Packets of compressed sound are rarely identical; runs of a single packet may be written so. */
const MAX_ALIKE_PACKETS = 256;

const DATA_OFFSET = 0x1;
const FIRST_FLAGS = 0x4;
const OWN_DURATION = 0x100;
const OWN_SIZE = 0x200;
const OWN_FLAGS = 0x400;
const OWN_COMPOSITION = 0x800;

/**
 * The packets in movie fragments, as streaming services produce them.
 *
 * Source: ISO/IEC 14496-12:2022, section 8.8.
 */
export function* fragmentPackets(
	source: ByteSource,
	movie: Box,
	trackId: number,
): Generator<TimedPacket, void, undefined> {
	const defaults = readDefaults(source, movie, trackId);
	for (const moof of readBoxes(source, 0, source.byteLength)) {
		if (moof.type !== "moof") continue;
		for (const traf of readBoxes(source, moof.bodyOffset, moof.end)) {
			if (traf.type === "traf") yield* trackFragment(source, { moof, traf, trackId }, defaults);
		}
	}
}

/**
 * The time of the first packet in fragments, in ticks of the track clock: later than 0 in a part of a stream.
 *
 * Source: ISO/IEC 14496-12:2022, section 8.8.12.
 */
export function firstDecodeTime(source: ByteSource, trackId: number): number {
	for (const moof of readBoxes(source, 0, source.byteLength)) {
		if (moof.type !== "moof") continue;
		for (const traf of readBoxes(source, moof.bodyOffset, moof.end)) {
			if (traf.type === "traf" && trackIdOf(source, traf) === trackId) return decodeTimeOf(source, traf);
		}
	}
	return 0;
}

function trackIdOf(source: ByteSource, traf: Box): number {
	const header = findPath(source, traf, ["tfhd"]);
	if (header === null) return 0;
	const fields = new FieldReader(readBody(source, header));
	fields.word();
	return fields.word();
}

function decodeTimeOf(source: ByteSource, traf: Box): number {
	const box = findPath(source, traf, ["tfdt"]);
	if (box === null) return 0;
	const fields = new FieldReader(readBody(source, box));
	const isLong = fields.word() >= 0x100_0000;
	return isLong ? fields.longWord() : fields.word();
}

function readDefaults(source: ByteSource, movie: Box, trackId: number): Defaults {
	const extension = findPath(source, movie, ["mvex"]);
	if (extension !== null) {
		for (const box of readBoxes(source, extension.bodyOffset, extension.end)) {
			if (box.type !== "trex") continue;
			const body = readBody(source, box);
			if (body.byteLength < 24 || body.getUint32(4) !== trackId) continue;
			return { duration: body.getUint32(12), byteLength: body.getUint32(16) };
		}
	}
	return { duration: 0, byteLength: 0 };
}

function* trackFragment(
	source: ByteSource,
	at: { moof: Box; traf: Box; trackId: number },
	trackDefaults: Defaults,
): Generator<TimedPacket, void, undefined> {
	const header = findPath(source, at.traf, ["tfhd"]);
	if (header === null) return;
	const fields = new FieldReader(readBody(source, header));
	const flags = fields.word() & 0xff_ffff;
	if (fields.word() !== at.trackId) return;
	const base = (flags & BASE_OFFSET) !== 0 ? fields.longWord() : at.moof.byteOffset;
	if ((flags & DESCRIPTION_INDEX) !== 0) fields.word();
	const defaults = {
		duration: (flags & DEFAULT_DURATION) !== 0 ? fields.word() : trackDefaults.duration,
		byteLength: (flags & DEFAULT_SIZE) !== 0 ? fields.word() : trackDefaults.byteLength,
	};
	let next = base;
	for (const box of readBoxes(source, at.traf.bodyOffset, at.traf.end)) {
		if (box.type !== "trun") continue;
		for (const packet of runPackets(new FieldReader(readBody(source, box)), { base, next }, defaults)) {
			yield packet;
			next = packet.byteOffset + packet.byteLength;
		}
	}
}

function* runPackets(
	fields: FieldReader,
	at: { base: number; next: number },
	defaults: Defaults,
): Generator<TimedPacket, void, undefined> {
	const flags = fields.word() & 0xff_ffff;
	const has = (flag: number): boolean => (flags & flag) !== 0;
	const count = fields.word();
	let byteOffset = has(DATA_OFFSET) ? at.base + (fields.word() | 0) : at.next;
	if (has(FIRST_FLAGS)) fields.word();
	const entryBytes = 4 * [OWN_DURATION, OWN_SIZE, OWN_FLAGS, OWN_COMPOSITION].filter(has).length;
	// A run of identical packets stores no bytes per packet.
	const available = entryBytes === 0 ? MAX_ALIKE_PACKETS : Math.floor(fields.left / entryBytes);
	for (let packet = 0; packet < Math.min(count, available); packet++) {
		const duration = has(OWN_DURATION) ? fields.word() : defaults.duration;
		const byteLength = has(OWN_SIZE) ? fields.word() : defaults.byteLength;
		if (has(OWN_FLAGS)) fields.word();
		if (has(OWN_COMPOSITION)) fields.word();
		yield { byteOffset, byteLength, duration };
		byteOffset += byteLength;
	}
}

/** Reads the fields of a box in order; they are 0 past its end. */
class FieldReader {
	readonly #view: DataView;
	#offset = 0;

	constructor(view: DataView) {
		this.#view = view;
	}

	get left(): number {
		return Math.max(0, this.#view.byteLength - this.#offset);
	}

	word(): number {
		const value = this.left >= 4 ? this.#view.getUint32(this.#offset) : 0;
		this.#offset += 4;
		return value;
	}

	longWord(): number {
		const value = this.left >= 8 ? readUint64(this.#view, this.#offset, false) : 0;
		this.#offset += 8;
		return value;
	}
}
