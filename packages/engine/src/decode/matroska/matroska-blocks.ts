import { type ByteSource, MAX_READ_BYTES } from "../../source/byte-source.ts";
import { isOnlyTags } from "../file-tail.ts";
import { childElements, type EbmlElement, readVint, signedInteger, unsignedInteger } from "./ebml.ts";
import * as ids from "./element-ids.ts";
import { elementAt, findBlock, isContainer, leadsOn } from "./element-search.ts";
import { packetsInBlock } from "./lacing.ts";
import type { MatroskaHeader } from "./matroska-header.ts";

/** A block of the selected track. */
export interface MatroskaBlock {
	/** When it begins, in the file's units of time. */
	readonly ticks: number;
	readonly packets: readonly Uint8Array[];
	/** Time to discard at its end; at its start if negative. */
	readonly discardNanoseconds: number;
	/** Unreadable bytes precede it. */
	readonly isAfterDamage: boolean;
	readonly offset: number;
	readonly end: number;
}

/** More damaged places than this are not a recording. */
const MAX_DAMAGED_PLACES = 1_000;
const FLAGS_OFFSET = 2;
const HEAD_BYTES = 3;
const LONGEST_TRACK_BYTES = 4;

/** Walks the clusters of a file and resynchronises after damage. Thread: loader. */
export class MatroskaBlocks {
	readonly #source: ByteSource;
	readonly #trackNumber: number;
	readonly #declaredEnd: number | null;
	#clusterTicks = 0;
	#damagedPlaces = 0;
	#isAfterDamage = false;
	#isCut = false;
	#hasFurtherFile = false;
	#foreignBytes = 0;

	constructor(source: ByteSource, { trackNumber, declaredEnd }: Pick<MatroskaHeader, "trackNumber" | "declaredEnd">) {
		this.#source = source;
		this.#trackNumber = trackNumber;
		this.#declaredEnd = declaredEnd;
	}

	/** The end of the file could not be read. */
	get isCut(): boolean {
		return this.#isCut;
	}

	/** Another file follows in the same bytes. */
	get hasFurtherFile(): boolean {
		return this.#hasFurtherFile;
	}

	/** Bytes after the recording that are neither tags nor zeros. */
	get foreignBytes(): number {
		return this.#foreignBytes;
	}

	/** The blocks from an offset on, in file order. */
	*from(start: number): Generator<MatroskaBlock, void, undefined> {
		let offset = start;
		while (offset < this.#source.byteLength) {
			const element = elementAt(this.#source, offset);
			if (element === null || !leadsOn(this.#source, element)) {
				const next = findBlock(this.#source, offset + 1, this.#trackNumber);
				if (element === null || (next !== null && next < element.end)) {
					if (next === null && this.#isBehindEnd(offset)) return;
					this.#isAfterDamage = true;
					this.#damagedPlaces++;
					this.#isCut = next === null || this.#damagedPlaces > MAX_DAMAGED_PLACES;
					if (next === null || this.#isCut) return;
					offset = next;
					continue;
				}
			}
			this.#hasFurtherFile = element.id === ids.EBML_HEADER;
			if (this.#hasFurtherFile) return;
			if (!isContainer(element)) yield* this.#take(element);
			offset = isContainer(element) ? element.bodyOffset : element.end;
		}
	}

	/** Whether unreadable bytes follow the recording; zeros within it are damage. */
	#isBehindEnd(offset: number): boolean {
		if (this.#declaredEnd !== null && offset < this.#declaredEnd) return false;
		if (isOnlyTags(this.#source, offset)) return true;
		if (this.#declaredEnd !== null) this.#foreignBytes = this.#source.byteLength - offset;
		return this.#declaredEnd !== null;
	}

	*#take(element: EbmlElement): Generator<MatroskaBlock, void, undefined> {
		if (element.id === ids.TIMESTAMP) this.#clusterTicks = unsignedInteger(this.#bodyOf(element));
		if (
			element.id === ids.SIMPLE_BLOCK &&
			this.#isOfTrack(this.#source.read(element.bodyOffset, LONGEST_TRACK_BYTES))
		) {
			yield* this.#readBlock(element, this.#bodyOf(element), 0);
		}
		if (element.id !== ids.BLOCK_GROUP) return;
		let block: Uint8Array | null = null;
		let discardNanoseconds = 0;
		for (const { id, body } of childElements(this.#bodyOf(element))) {
			if (id === ids.BLOCK) block = body;
			if (id === ids.DISCARD_PADDING) discardNanoseconds = signedInteger(body);
		}
		if (block !== null && this.#isOfTrack(block)) yield* this.#readBlock(element, block, discardNanoseconds);
	}

	#isOfTrack(block: Uint8Array): boolean {
		return readVint(block, 0)?.value === this.#trackNumber;
	}

	*#readBlock(
		{ offset, end }: EbmlElement,
		body: Uint8Array,
		discardNanoseconds: number,
	): Generator<MatroskaBlock, void, undefined> {
		const content = body.subarray(readVint(body, 0)?.length ?? 0);
		const packets = content.length < HEAD_BYTES ? null : packetsOf(content);
		const isAfterDamage = this.#isAfterDamage;
		this.#isAfterDamage = packets === null;
		if (packets === null) return;
		const ticks = this.#clusterTicks + new DataView(content.buffer, content.byteOffset).getInt16(0);
		yield { ticks, packets, discardNanoseconds, isAfterDamage, offset, end };
	}

	/** A copy: the following element is read before the block is decoded. */
	#bodyOf({ bodyOffset, end }: EbmlElement): Uint8Array {
		return this.#source.read(bodyOffset, Math.min(end - bodyOffset, MAX_READ_BYTES)).slice();
	}
}

function packetsOf(content: Uint8Array): Uint8Array[] | null {
	return packetsInBlock((content[FLAGS_OFFSET]! >> 1) & 3, content.subarray(HEAD_BYTES));
}
