import type { PlatformCodec } from "./platform-audio.ts";

/** Where a packet lies in the file. */
export interface PacketPlace {
	readonly byteOffset: number;
	readonly byteLength: number;
	/** Frames it decodes to, at the codec's declared rate. */
	readonly frames: number;
	/** Bytes that are not a packet precede it. */
	readonly isAfterGap: boolean;
}

/** The part of the decoded frames that is the recording, without encoder delay and padding. */
export interface Recording {
	/** First frame, at the codec's declared rate. */
	readonly start: number;
	/** Frames from there, at the codec's declared rate; Infinity for all. */
	readonly frames: number;
}

/** A played piece of an edited stream. */
export interface Edit {
	/** Its first decoded frame, at the codec's declared rate; null for silence. */
	readonly start: number | null;
	/** Frames, at the codec's declared rate. */
	readonly frames: number;
}

/** The packets of one sound track, independent of the container. */
export interface PacketStream {
	/** Common name of the format: "AAC", "AAC in MP4". */
	readonly name: string;
	readonly codec: PlatformCodec;
	/**
	 * Packets to decode before a run, so that its frames are those of an unbroken decode.
	 *
	 * @param isExtended - the output rate is higher than declared: the stream has spectral band replication
	 */
	prerollPackets(isExtended: boolean): number;
	readonly recording: Recording;
	/** The pieces played instead of the recording, in order. */
	readonly edits?: readonly Edit[];
	/** Frames of all packets, at the codec's declared rate, or the best estimate. */
	readonly estimatedFrames: number;
	/** The message for platforms that decode only the beginning of packets with several blocks. */
	readonly shortRemedy?: string;
	/** The packets in order, from the first. */
	packets(): Iterable<PacketPlace>;
	/** A copy of a packet in the form the platform expects; null if the file ends inside it. */
	read(place: PacketPlace): Uint8Array | null;
}
