import type { OggVorbisDecodedAudio } from "@wasm-audio-decoders/ogg-vorbis";
import { LooperError } from "../../errors.ts";
import { silently, started } from "../wasm-decoder.ts";

/** The library's buffer for a packet. */
const LONGEST_PACKET_BYTES = 131_072;

/**
 * The packet decoder inside the library's class for whole files. The class itself hides lost and damaged pages, and
 * answers only later; this is the part of it that decodes at once. The version is pinned, and its shape is checked.
 */
interface PacketDecoder {
	sendSetupHeader(packet: Uint8Array): void;
	initDsp(): void;
	decodePackets(packets: readonly Uint8Array[]): OggVorbisDecodedAudio;
}

/** What some packets decode to. */
export interface DecodedPackets {
	readonly channelData: readonly Float32Array[];
	readonly frames: number;
	/** Packets that gave nothing because they are damaged. */
	readonly damagedCount: number;
}

/** One stream's decoder: headers first, then packets in order. After an error it is not used again. */
export class VorbisLibrary {
	readonly #decoder: PacketDecoder;

	private constructor(decoder: PacketDecoder) {
		this.#decoder = decoder;
	}

	/**
	 * Starts a decoder of its own for each file: that takes 1 ms, as much as resetting a used one.
	 *
	 * @throws LooperError `timed-out` when it does not start.
	 */
	static async start(): Promise<VorbisLibrary> {
		const { OggVorbisDecoder } = await import("@wasm-audio-decoders/ogg-vorbis");
		const library = new OggVorbisDecoder();
		await started(library.ready, "Ogg Vorbis");
		const { _decoder: decoder } = library as unknown as { _decoder?: Partial<PacketDecoder> };
		if (!isPacketDecoder(decoder)) {
			throw new LooperError("worker-crashed", "The Ogg Vorbis library is of another version than this package needs.");
		}
		return new VorbisLibrary(decoder);
	}

	/** Takes the identification and the setup header; the comments between them are of no use to it. */
	begin(identification: Uint8Array, setup: Uint8Array): void {
		silently(() => {
			this.#decoder.sendSetupHeader(identification);
			this.#decoder.sendSetupHeader(setup);
			this.#decoder.initDsp();
		});
	}

	/** Decodes packets; damaged ones give no frames. */
	decode(packets: readonly Uint8Array[]): DecodedPackets {
		const fitting = packets.filter((packet) => packet.length <= LONGEST_PACKET_BYTES);
		const decoded = silently(() => this.#decoder.decodePackets(fitting));
		return {
			channelData: decoded.channelData,
			frames: decoded.samplesDecoded,
			damagedCount: packets.length - fitting.length + decoded.errors.length,
		};
	}
}

function isPacketDecoder(decoder: Partial<PacketDecoder> | undefined): decoder is PacketDecoder {
	const methods = [decoder?.sendSetupHeader, decoder?.initDsp, decoder?.decodePackets];
	return methods.every((method) => typeof method === "function");
}
