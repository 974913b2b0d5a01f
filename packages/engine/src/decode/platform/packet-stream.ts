import type { PlatformCodec } from "./platform-audio.ts";

/** Where a packet lies in the file. */
export interface PacketPlace {
	readonly byteOffset: number;
	readonly byteLength: number;
	/** Frames that it decodes to, at the codec's declared rate. */
	readonly frames: number;
	/** Something that is no packet lies before it. */
	readonly isAfterGap: boolean;
}

/** The part of the decoded frames that is the recording: the rest is the encoder's delay and padding. */
export interface Recording {
	/** First frame, at the codec's declared rate. */
	readonly start: number;
	/** Frames from there, at the codec's declared rate; Infinity for all. */
	readonly frames: number;
}

/** A part of what is heard of a stream that was edited. */
export interface Edit {
	/** Its first decoded frame, at the codec's declared rate; null is silence. */
	readonly start: number | null;
	/** Frames, at the codec's declared rate. */
	readonly frames: number;
}

/** The packets of one sound track, whatever the container. */
export interface PacketStream {
	/** Of the file, as a person knows it: "AAC", "AAC in MP4". */
	readonly name: string;
	readonly codec: PlatformCodec;
	/**
	 * Packets before a run that have to be decoded with it, so that its frames are those of an unbroken stream.
	 *
	 * @param isExtended - a higher rate comes out than the stream declares: it has spectral band replication
	 */
	prerollPackets(isExtended: boolean): number;
	readonly recording: Recording;
	/** What is heard instead of the recording, in this order. */
	readonly edits?: readonly Edit[];
	/** Frames of all packets, at the codec's declared rate, or the best estimate. */
	readonly estimatedFrames: number;
	/** What to say where the platform decodes only the beginning of packets that hold more than the codec's. */
	readonly shortRemedy?: string;
	/** The packets in order, from the first. */
	packets(): Iterable<PacketPlace>;
	/** A packet's own copy, as the platform takes it; null when the file ends inside it. */
	read(place: PacketPlace): Uint8Array | null;
}
