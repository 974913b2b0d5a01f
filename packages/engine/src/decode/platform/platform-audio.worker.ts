import { LooperError } from "../../errors.ts";
import type { PacketDecoder, PlatformAudio, PlatformCodec, PlatformFrames } from "./platform-audio.ts";

/** WebCodecs in a browser's worker. Thread: loader. */
export const workerAudio: PlatformAudio = {
	async open(codec) {
		const config = configOf(codec);
		if (!(await isSupported(config))) {
			const remedy = "Convert the file to WAV or FLAC, or use a browser that decodes it.";
			throw new LooperError(
				"unsupported-format",
				`This browser has no ${codec.name} decoder (${codec.codecString}). ${remedy}`,
			);
		}
		return new WebCodecsDecoder(config, codec);
	},
};

function configOf({ codecString, sampleRate, channels, cookie }: PlatformCodec): AudioDecoderConfig {
	const config = { codec: codecString, sampleRate, numberOfChannels: channels };
	return cookie === null ? config : { ...config, description: cookie };
}

async function isSupported(config: AudioDecoderConfig): Promise<boolean> {
	// Insecure origins have no WebCodecs.
	if (!("AudioDecoder" in self)) return false;
	try {
		return (await AudioDecoder.isConfigSupported(config)).supported === true;
	} catch {
		return false;
	}
}

class WebCodecsDecoder implements PacketDecoder {
	readonly #config: AudioDecoderConfig;
	readonly #packetMicroseconds: number;
	#decoder: AudioDecoder | null = null;
	#pieces: PlatformFrames[] = [];

	constructor(config: AudioDecoderConfig, { packetFrames, sampleRate }: PlatformCodec) {
		this.#config = config;
		this.#packetMicroseconds = (packetFrames * 1e6) / sampleRate;
	}

	async decode(packets: readonly Uint8Array[]): Promise<PlatformFrames | null> {
		this.#pieces = [];
		try {
			const decoder = this.#start();
			for (const [index, data] of packets.entries()) {
				// Only the order of the timestamps matters, not the length of packets.
				const timestamp = Math.round(index * this.#packetMicroseconds);
				decoder.decode(new EncodedAudioChunk({ type: "key", timestamp, data }));
			}
			await decoder.flush();
		} catch {
			// The decoder closed itself; the next call creates a new one.
			this.close();
			return null;
		}
		return join(this.#pieces);
	}

	close(): void {
		if (this.#decoder !== null && this.#decoder.state !== "closed") this.#decoder.close();
		this.#decoder = null;
	}

	/** A decoder without state from earlier packets. */
	#start(): AudioDecoder {
		if (this.#decoder?.state === "configured") this.#decoder.reset();
		else this.#decoder = new AudioDecoder({ output: (data) => this.#pieces.push(copyOut(data)), error: () => {} });
		this.#decoder.configure(this.#config);
		return this.#decoder;
	}
}

function copyOut(data: AudioData): PlatformFrames {
	const { numberOfChannels, numberOfFrames, sampleRate } = data;
	const channelData = Array.from({ length: numberOfChannels }, (_, planeIndex) => {
		const plane = new Float32Array(numberOfFrames);
		data.copyTo(plane, { planeIndex, format: "f32-planar" });
		return plane;
	});
	data.close();
	return { sampleRate, channelData };
}

/** Joins pieces; null if their formats differ. */
function join(pieces: readonly PlatformFrames[]): PlatformFrames | null {
	const [first] = pieces;
	if (first === undefined) return null;
	const { sampleRate, channelData } = first;
	if (pieces.some((piece) => piece.sampleRate !== sampleRate || piece.channelData.length !== channelData.length))
		return null;
	const frames = pieces.reduce((total, piece) => total + piece.channelData[0]!.length, 0);
	return {
		sampleRate,
		channelData: channelData.map((_, channel) => {
			const joined = new Float32Array(frames);
			let offset = 0;
			for (const piece of pieces) {
				joined.set(piece.channelData[channel]!, offset);
				offset += piece.channelData[channel]!.length;
			}
			return joined;
		}),
	};
}
