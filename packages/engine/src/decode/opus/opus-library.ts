import type { OpusPacketDecoder } from "@audio/decode-opus/core";
import { started } from "../wasm-decoder.ts";
import { OPUS_SAMPLE_RATE, type OpusHead } from "./opus-head.ts";

/** Decodes the packets of one stream at a time. */
export interface OpusLibrary {
	/** Gets ready for another stream. */
	begin(head: Omit<OpusHead, "preSkip">): void;
	/**
	 * Decodes the next packet.
	 *
	 * @returns one array a channel, or null for a packet that is damaged
	 * @throws Error when the library itself fails; it is not to be used again.
	 */
	decode(packet: Uint8Array): readonly Float32Array[] | null;
	close(): void;
}

/**
 * Starts a decoder of its own for each file.
 *
 * @throws LooperError `timed-out` when it does not start.
 */
export async function startOpusLibrary(): Promise<OpusLibrary> {
	const { createOpusDecoder } = await import("@audio/decode-opus/core");
	const starting = createOpusDecoder();
	await started(starting, "Opus");
	return new LibopusDecoder(await starting);
}

class LibopusDecoder implements OpusLibrary {
	readonly #decoder: OpusPacketDecoder;
	#hasFailed = false;

	constructor(decoder: OpusPacketDecoder) {
		this.#decoder = decoder;
	}

	begin(head: Omit<OpusHead, "preSkip">): void {
		this.#decoder.configure({
			sampleRate: OPUS_SAMPLE_RATE,
			channels: head.channels,
			streamCount: head.streamCount,
			coupledStreamCount: head.coupledStreamCount,
			channelMappingTable: [...head.mapping],
			outputGain: head.outputGain,
		});
	}

	decode(packet: Uint8Array): readonly Float32Array[] | null {
		this.#hasFailed = true;
		const { channelData, samplesDecoded } = this.#decoder.decodeFrames([packet]);
		this.#hasFailed = false;
		return samplesDecoded > 0 ? channelData : null;
	}

	/** What a failed decoder holds is left to itself: freeing it could fail again. */
	close(): void {
		if (!this.#hasFailed) this.#decoder.free();
	}
}
