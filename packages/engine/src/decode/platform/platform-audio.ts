/** A coding that the platform may have a decoder for. */
export interface PlatformCodec {
	/** "AAC", "HE-AAC" or "ALAC", as messages name it. */
	readonly name: string;
	/** As RFC 6381 writes it: "mp4a.40.2", "alac". AAC packets come with their ADTS headers, ALAC packets bare. */
	readonly codecString: string;
	/** Frames per second, as the stream declares them. */
	readonly sampleRate: number;
	readonly channels: 1 | 2;
	/** Frames of a full packet. */
	readonly packetFrames: number;
	/** ALAC's configuration, null for AAC. */
	readonly cookie: Uint8Array<ArrayBuffer> | null;
}

/** What a platform made of some packets: one array a channel, all equally long. */
export interface PlatformFrames {
	readonly sampleRate: number;
	readonly channelData: readonly Float32Array[];
}

/** A decoder of the platform, for one stream. */
export interface PacketDecoder {
	/**
	 * Decodes packets as if they were a whole stream: nothing is kept from one call to the next.
	 *
	 * @returns every frame of every packet; fewer, or null, when some are damaged.
	 * @throws Error when the decoder died.
	 */
	decode(packets: readonly Uint8Array[]): Promise<PlatformFrames | null>;
	/** Gives back what it holds; it is not used afterwards. */
	close(): void;
}

/** The decoders that come with the platform. Thread: loader. */
export interface PlatformAudio {
	/** @throws LooperError `unsupported-format` naming the codec and the remedy, where the platform lacks it. */
	open(codec: PlatformCodec): Promise<PacketDecoder>;
}

/** The frames that a decoder gave, 0 for none. */
export function frameCount(frames: PlatformFrames | null): number {
	return frames?.channelData[0]?.length ?? 0;
}
