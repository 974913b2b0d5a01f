import { ascii, concat } from "./fixtures.ts";
import { splitOggPages } from "./ogg-fixtures.ts";

/** One block: its packets and their layout. */
export interface TestBlock {
	readonly packets: readonly Uint8Array[];
	readonly milliseconds: number;
	readonly lacing?: "xiph" | "fixed" | "ebml";
	/** Written in a block group if present. */
	readonly discardNanoseconds?: number;
	readonly track?: number;
}

/** Options of `writeMatroska`. */
export interface MatroskaOptions {
	/** Content of CodecPrivate; null omits it. */
	readonly head: Uint8Array | null;
	readonly codec?: string;
	readonly docType?: "webm" | "matroska";
	/** Segment and clusters of unknown size, as from recorders. */
	readonly isLive?: boolean;
	readonly durationMilliseconds?: number;
	readonly blocksInCluster?: number;
	/** Further track entries, before and after the audio. */
	readonly tracksBefore?: readonly Uint8Array[];
	/** Further elements of the audio track entry. */
	readonly inTrack?: readonly Uint8Array[];
}

const lacings = { none: 0, xiph: 1, fixed: 2, ebml: 3 } as const;

/** An element with an eight-byte size, or an unknown one. */
export function ebml(id: number, body: Uint8Array, hasSize = true): Uint8Array<ArrayBuffer> {
	const size = new DataView(new ArrayBuffer(8));
	size.setBigUint64(0, hasSize ? BigInt(body.length) | (1n << 56n) : (1n << 57n) - 1n);
	return concat([bytesOf(id), new Uint8Array(size.buffer), body]);
}

/** An integer in its minimum number of bytes. */
export function bytesOf(value: number): Uint8Array<ArrayBuffer> {
	const bytes: number[] = [];
	for (let rest = value; rest > 0 || bytes.length === 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
	return Uint8Array.from(bytes);
}

/** A track entry. */
export function trackEntry(
	number: number,
	type: number,
	codec: string,
	...more: Uint8Array[]
): Uint8Array<ArrayBuffer> {
	const parts = [ebml(0xd7, bytesOf(number)), ebml(0x83, bytesOf(type)), ebml(0x86, ascii(codec)), ...more];
	return ebml(0xae, concat(parts));
}

/** A Matroska or WebM file with one audio track, number 1. */
export function writeMatroska(blocks: readonly TestBlock[], options: MatroskaOptions): Uint8Array<ArrayBuffer> {
	const { head, codec = "A_OPUS", docType = "webm", isLive = false, durationMilliseconds } = options;
	const duration = new DataView(new ArrayBuffer(8));
	duration.setFloat64(0, durationMilliseconds ?? 0);
	const info = durationMilliseconds === undefined ? [] : [ebml(0x4489, new Uint8Array(duration.buffer))];
	const privateData = head === null ? [] : [ebml(0x63a2, head)];
	const audio = trackEntry(1, 2, codec, ...privateData, ...(options.inTrack ?? []));
	const clusters: Uint8Array[] = [];
	const step = options.blocksInCluster ?? 10;
	for (let index = 0; index < blocks.length; index += step) {
		clusters.push(cluster(blocks.slice(index, index + step), !isLive));
	}
	const segment = concat([
		ebml(0x1549a966, concat([ebml(0x2ad7b1, bytesOf(1_000_000)), ...info])),
		ebml(0x1654ae6b, concat([...(options.tracksBefore ?? []), audio])),
		...clusters,
	]);
	return concat([ebml(0x1a45dfa3, ebml(0x4282, ascii(docType))), ebml(0x18538067, segment, !isLive)]);
}

function cluster(blocks: readonly TestBlock[], hasSize: boolean): Uint8Array {
	const start = Math.round(blocks[0]!.milliseconds);
	const written = blocks.map((block) => {
		const content = blockContent(block, Math.round(block.milliseconds) - start);
		if (block.discardNanoseconds === undefined) return ebml(0xa3, content);
		const discard = new DataView(new ArrayBuffer(8));
		discard.setBigInt64(0, BigInt(block.discardNanoseconds));
		return ebml(0xa0, concat([ebml(0xa1, content), ebml(0x75a2, new Uint8Array(discard.buffer))]));
	});
	return ebml(0x1f43b675, concat([ebml(0xe7, bytesOf(start)), ...written]), hasSize);
}

function blockContent(block: TestBlock, milliseconds: number): Uint8Array {
	const { packets, lacing = "none", track = 1 } = block;
	const head = Uint8Array.of(0x80 | track, milliseconds >> 8, milliseconds & 0xff, lacings[lacing] << 1);
	const count = lacing === "none" ? [] : [Uint8Array.of(packets.length - 1)];
	const sizes = packets.slice(0, -1).map((packet) => packet.length);
	return concat([head, ...count, Uint8Array.from(lacedSizes(lacing, sizes)), ...packets]);
}

function lacedSizes(lacing: string, sizes: readonly number[]): number[] {
	if (lacing === "xiph")
		return sizes.flatMap((size) => [...new Uint8Array(Math.floor(size / 255)).fill(255), size % 255]);
	if (lacing !== "ebml") return [];
	return sizes.flatMap((size, index) => {
		const value = index === 0 ? size : size - sizes[index - 1]! + 0x1fff;
		return [0x40 | (value >> 8), value & 0xff];
	});
}

/** The packets of an Ogg file whose pages contain whole packets: identification, comments, audio. */
export function oggPackets(file: Uint8Array): Uint8Array[] {
	return splitOggPages(file).flatMap((page) => {
		const packets: Uint8Array[] = [];
		const bodyStart = 27 + page[26]!;
		let start = bodyStart;
		let end = bodyStart;
		for (const length of page.subarray(27, bodyStart)) {
			end += length;
			if (length === 255) continue;
			packets.push(page.subarray(start, end));
			start = end;
		}
		return packets;
	});
}
