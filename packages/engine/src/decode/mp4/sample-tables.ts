import type { ByteSource } from "../../source/byte-source.ts";
import { readUint64 } from "../pcm/chunk-reader.ts";
import { type Box, findPath, readBody } from "./boxes.ts";
import { EntryTable } from "./entry-table.ts";

/** A packet in the file with its duration. */
export interface TimedPacket {
	readonly byteOffset: number;
	readonly byteLength: number;
	/** In ticks of the track clock. */
	readonly duration: number;
}

/** Bytes of the version and flags before a table's fields. */
const FLAGS_BYTES = 4;

/**
 * The tables that locate a track's packets. Every count in them is limited by the bytes of its table.
 *
 * Source: ISO/IEC 14496-12:2022, sections 8.6.1.2 and 8.7.
 */
export class SampleTables {
	readonly #durations: EntryTable;
	readonly #chunkRuns: EntryTable;
	readonly #chunkOffsets: EntryTable;
	readonly #isLongOffset: boolean;
	/** The size of each packet; empty if all are equal. */
	readonly #sizes: EntryTable;
	/** The size of every packet, 0 if sizes vary. */
	readonly #commonBytes: number;
	readonly #packetCount: number;

	constructor(source: ByteSource, sampleTable: Box) {
		const bodyOf = (type: string): DataView => {
			const box = findPath(source, sampleTable, [type]);
			return box === null ? new DataView(new ArrayBuffer(0)) : readBody(source, box);
		};
		this.#durations = new EntryTable(bodyOf("stts"), FLAGS_BYTES, 8);
		this.#chunkRuns = new EntryTable(bodyOf("stsc"), FLAGS_BYTES, 12);
		const longOffsets = bodyOf("co64");
		this.#isLongOffset = longOffsets.byteLength > 0;
		this.#chunkOffsets = this.#isLongOffset
			? new EntryTable(longOffsets, FLAGS_BYTES, 8)
			: new EntryTable(bodyOf("stco"), FLAGS_BYTES, 4);
		const sizes = bodyOf("stsz");
		const hasHead = sizes.byteLength >= FLAGS_BYTES + 8;
		this.#commonBytes = hasHead ? sizes.getUint32(FLAGS_BYTES) : 0;
		this.#sizes = new EntryTable(sizes, FLAGS_BYTES + 4, 4);
		this.#packetCount =
			this.#commonBytes > 0
				? Math.min(sizes.getUint32(FLAGS_BYTES + 4), Math.ceil(source.byteLength / this.#commonBytes))
				: this.#sizes.count;
	}

	/** The packets in order. */
	*packets(): Generator<TimedPacket, void, undefined> {
		const durations = this.#eachDuration();
		let packet = 0;
		let chunk = 0;
		for (let run = 0; run < this.#chunkRuns.count; run++) {
			const nextChunk =
				run + 1 < this.#chunkRuns.count ? this.#chunkRuns.word(run + 1, 0) - 1 : Number.POSITIVE_INFINITY;
			const chunkPackets = this.#chunkRuns.word(run, 1);
			const endChunk = Math.min(nextChunk, this.#chunkOffsets.count);
			for (; chunk < endChunk; chunk++) {
				let byteOffset = this.#offsetOf(chunk);
				const end = Math.min(packet + chunkPackets, this.#packetCount);
				for (; packet < end; packet++) {
					const byteLength = this.#commonBytes > 0 ? this.#commonBytes : this.#sizes.word(packet, 0);
					yield { byteOffset, byteLength, duration: durations.next().value ?? 0 };
					byteOffset += byteLength;
				}
				if (packet >= this.#packetCount) return;
			}
		}
	}

	#offsetOf(chunk: number): number {
		return this.#isLongOffset
			? readUint64(this.#chunkOffsets.view, this.#chunkOffsets.offsetOf(chunk), false)
			: this.#chunkOffsets.word(chunk, 0);
	}

	*#eachDuration(): Generator<number, void, undefined> {
		for (let entry = 0; entry < this.#durations.count; entry++) {
			const count = this.#durations.word(entry, 0);
			const duration = this.#durations.word(entry, 1);
			for (let index = 0; index < count; index++) yield duration;
		}
	}
}
