import { CHUNK_FRAMES } from "../lossy-output.ts";
import type { PacketPlace, PacketStream } from "./packet-stream.ts";

/** A packet in memory. */
export interface Packet extends PacketPlace {
	readonly bytes: Uint8Array;
	/** The last packet of a stream may have fewer frames than declared. */
	readonly isLast: boolean;
}

/** A range of packets and the frames wanted from it. */
export interface PacketRange {
	readonly places: Iterable<PacketPlace>;
	/** Frames from the first frame of the first packet on, at the codec's declared rate; Infinity for all. */
	readonly frames: number;
}

/** Frames decoded in one call to the platform, at the declared rate. */
const RUN_FRAMES = CHUNK_FRAMES;

/**
 * Groups packets to be decoded in one call.
 *
 * @param onEnd - called with the packet that the end of the file truncates, after those before it have been used
 */
export function* packetRuns(
	stream: PacketStream,
	range: PacketRange,
	onEnd: (place: PacketPlace) => void,
): Generator<readonly Packet[], void, undefined> {
	let run: Packet[] = [];
	let runFrames = 0;
	let frames = 0;
	for (const place of range.places) {
		if (frames >= range.frames) {
			yield run;
			return;
		}
		const bytes = stream.read(place);
		if (bytes === null) {
			yield run;
			onEnd(place);
			return;
		}
		if (runFrames + place.frames > RUN_FRAMES && run.length > 0) {
			yield run;
			run = [];
			runFrames = 0;
		}
		run.push({ ...place, bytes, isLast: false });
		runFrames += place.frames;
		frames += place.frames;
	}
	yield run.map((packet, index) => ({ ...packet, isLast: index === run.length - 1 }));
}

/** The leading packets that the file contains completely. */
export function readPackets(
	stream: PacketStream,
	places: Iterable<PacketPlace>,
	most: number = Number.POSITIVE_INFINITY,
): Packet[] {
	const packets: Packet[] = [];
	for (const place of places) {
		const bytes = stream.read(place);
		if (bytes !== null) packets.push({ ...place, bytes, isLast: false });
		if (bytes === null || packets.length >= most) break;
	}
	return packets;
}
