import type { ByteSource } from "../../source/byte-source.ts";
import { type EbmlElement, readElement, readVint } from "./ebml.ts";
import * as ids from "./element-ids.ts";

/** Elements that contain the ones searched for; their own size does not matter. */
const containers: ReadonlySet<number> = new Set([ids.SEGMENT, ids.CLUSTER]);

const known: ReadonlySet<number> = new Set([
	ids.SEGMENT,
	ids.CLUSTER,
	ids.EBML_HEADER,
	ids.SEEK_HEAD,
	ids.INFO,
	ids.TRACKS,
	ids.CHAPTERS,
	ids.CUES,
	ids.ATTACHMENTS,
	ids.TAGS,
	ids.VOID,
	ids.CRC_32,
	ids.TIMESTAMP,
	ids.POSITION,
	ids.PREVIOUS_SIZE,
	ids.SILENT_TRACKS,
	ids.SIMPLE_BLOCK,
	ids.BLOCK_GROUP,
]);

const SEARCH_BYTES = 65_536;
/** Longest block that the search accepts; Opus needs far less. */
const LONGEST_FOUND_BYTES = 131_072;
const CLUSTER_START = 0x1f;
const CLUSTER_SECOND = 0x43;
/** Bits of a block's flags that are always zero. */
const RESERVED_FLAGS = 0x70;
const LONGEST_BLOCK_HEAD_BYTES = 7;
const TIME_BYTES = 2;

/** Whether an element only contains others. */
export function isContainer(element: EbmlElement): boolean {
	return containers.has(element.id);
}

/** The element at an offset, if it belongs in a segment or a cluster; null if there is none or it is incomplete. */
export function elementAt(source: ByteSource, offset: number): EbmlElement | null {
	const element = readElement(source, offset);
	if (element === null || isContainer(element)) return element;
	if (element.end > source.byteLength) return null;
	return known.has(element.id) || leadsOn(source, element) ? element : null;
}

/** Whether a valid element follows another one. */
export function leadsOn(source: ByteSource, element: EbmlElement): boolean {
	if (isContainer(element) || element.end === source.byteLength) return true;
	const next = readElement(source, element.end);
	return next !== null && known.has(next.id);
}

/**
 * Finds the next cluster or block of a track after damage.
 *
 * @returns null if none follows
 */
export function findBlock(source: ByteSource, from: number, trackNumber: number): number | null {
	for (let start = from; start < source.byteLength; start += SEARCH_BYTES) {
		let bytes = source.read(start, SEARCH_BYTES);
		if (bytes.length === 0) return null;
		for (let index = 0; index < bytes.length; index++) {
			const byte = bytes[index]!;
			const isCluster = byte === CLUSTER_START && (bytes[index + 1] ?? CLUSTER_SECOND) === CLUSTER_SECOND;
			if (!isCluster && byte !== ids.SIMPLE_BLOCK && byte !== ids.BLOCK_GROUP) continue;
			if (isBlockAt(source, start + index, trackNumber)) return start + index;
			bytes = source.read(start, SEARCH_BYTES);
		}
	}
	return null;
}

function isBlockAt(source: ByteSource, offset: number, trackNumber: number): boolean {
	const outer = readElement(source, offset);
	if (outer === null || outer.id === ids.CLUSTER) return outer !== null;
	if (outer.end - offset > LONGEST_FOUND_BYTES || outer.end > source.byteLength) return false;
	const block = outer.id === ids.BLOCK_GROUP ? readElement(source, outer.bodyOffset) : outer;
	if (block === null || block.end > outer.end) return false;
	if (block.id !== ids.SIMPLE_BLOCK && block.id !== ids.BLOCK) return false;
	if (!isBlockHead(source.read(block.bodyOffset, LONGEST_BLOCK_HEAD_BYTES), trackNumber)) return false;
	// One such head occurs by chance in a few megabytes, so what follows it must be valid, too.
	if (outer.end === source.byteLength) return true;
	const next = readElement(source, outer.end);
	return (
		next !== null &&
		known.has(next.id) &&
		(isContainer(next) || (next.end <= source.byteLength && leadsOn(source, next)))
	);
}

function isBlockHead(bytes: Uint8Array, trackNumber: number): boolean {
	const track = readVint(bytes, 0);
	return track?.value === trackNumber && ((bytes[track.length + TIME_BYTES] ?? RESERVED_FLAGS) & RESERVED_FLAGS) === 0;
}
