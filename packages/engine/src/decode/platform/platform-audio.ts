/** A codec that the platform may be able to decode. */
export interface PlatformCodec {
	/** "AAC", "HE-AAC" or "ALAC", for messages. */
	readonly name: string;
	/** As in RFC 6381: "mp4a.40.2", "alac". AAC packets include their ADTS headers, ALAC packets are bare. */
	readonly codecString: string;
	/** Declared frames per second. */
	readonly sampleRate: number;
	readonly channels: 1 | 2;
	/** Frames of a full packet. */
	readonly packetFrames: number;
	/** ALAC's configuration, null for AAC. */
	readonly cookie: Uint8Array<ArrayBuffer> | null;
}

/** The decoded frames of some packets: one array per channel, all equally long. */
export interface PlatformFrames {
	readonly sampleRate: number;
	readonly channelData: readonly Float32Array[];
}

/** A platform decoder for one stream. */
export interface PacketDecoder {
	/**
	 * Decodes packets as a whole stream: no state carries over between calls.
	 *
	 * @returns all frames of all packets; fewer, or null, if some are damaged.
	 * @throws Error if the decoder crashed.
	 */
	decode(packets: readonly Uint8Array[]): Promise<PlatformFrames | null>;
	/** Frees its resources; it is not used afterwards. */
	close(): void;
}

/** The platform's decoders. Thread: loader. */
export interface PlatformAudio {
	/** @throws LooperError `unsupported-format` naming the codec and the remedy, if the platform lacks it. */
	open(codec: PlatformCodec): Promise<PacketDecoder>;
}

/** The number of frames returned, 0 for null. */
export function frameCount(frames: PlatformFrames | null): number {
	return frames?.channelData[0]?.length ?? 0;
}
