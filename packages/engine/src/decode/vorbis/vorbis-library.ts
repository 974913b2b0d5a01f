import { LooperError } from "../../errors.ts";
import { silently, started } from "../wasm-decoder.ts";

/** The library's buffer for a packet. */
const LONGEST_PACKET_BYTES = 131_072;

/** A word or a stretch of the library's memory. */
interface LibraryArray<Values> {
	readonly buf: Values;
}

/**
 * The packet decoder inside the library's class for whole files. The class itself hides lost and damaged pages, and
 * answers only later; this is the part of it that decodes at once, into the library's memory. The version is pinned,
 * and its shape is checked.
 */
interface PacketDecoder {
	readonly sendSetupHeader: (packet: Uint8Array) => void;
	readonly initDsp: () => void;
	readonly _decoder: number;
	readonly _input: LibraryArray<Uint8Array>;
	readonly _inputLen: LibraryArray<Uint32Array>;
	readonly _outputBufferPtr: LibraryArray<Uint32Array>;
	readonly _channels: LibraryArray<Uint32Array>;
	readonly _samplesDecoded: LibraryArray<Uint32Array>;
	readonly _errorsLength: LibraryArray<Int32Array>;
	readonly _common: {
		readonly wasm: { readonly HEAP: ArrayBuffer; readonly decode_packets: (decoder: number) => void };
	};
}

/** What some packets decode to. */
export interface DecodedPackets {
	/** One array a channel, overwritten by the next packets; the frames stand at its start. */
	readonly channelData: readonly Float32Array[];
	readonly frames: number;
	/** Packets that gave nothing because they are damaged. */
	readonly damagedCount: number;
}

/** One stream's decoder: headers first, then packets in order. After an error it is not used again. */
export class VorbisLibrary {
	readonly #decoder: PacketDecoder;
	#channelData: readonly Float32Array[] = [];
	#capacity = 0;

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
		let frames = 0;
		let damagedCount = 0;
		for (const packet of packets) {
			if (packet.length > LONGEST_PACKET_BYTES) damagedCount++;
			else {
				frames += this.#decodePacket(packet, frames);
				damagedCount += this.#takeErrorCount();
			}
		}
		return { channelData: this.#channelData, frames, damagedCount };
	}

	/** Decodes one packet to a place in the channels' arrays. @returns its frames. */
	#decodePacket(packet: Uint8Array, position: number): number {
		const { _decoder: decoder, _common: common, _input: input, _inputLen: inputLength } = this.#decoder;
		const { _channels: channels, _outputBufferPtr: outputAddress, _samplesDecoded: decoded } = this.#decoder;
		input.buf.set(packet);
		inputLength.buf[0] = packet.length;
		silently(() => common.wasm.decode_packets(decoder));
		const frames = decoded.buf[0]!;
		if (frames === 0) return 0;
		const memory = common.wasm.HEAP;
		const addresses = new Uint32Array(memory, outputAddress.buf[0], channels.buf[0]);
		// The views come first: they refuse figures that cannot be true.
		const decodedChannels = Array.from(addresses, (address) => new Float32Array(memory, address, frames));
		this.#reserve(position + frames, addresses.length);
		for (const [channel, samples] of decodedChannels.entries()) this.#channelData[channel]!.set(samples, position);
		return frames;
	}

	#reserve(frames: number, channelCount: number): void {
		if (frames <= this.#capacity) return;
		this.#capacity = 2 * frames;
		this.#channelData = Array.from({ length: channelCount }, (_value, channel) => {
			const longer = new Float32Array(this.#capacity);
			longer.set(this.#channelData[channel] ?? []);
			return longer;
		});
	}

	/** The library notes two words an error. */
	#takeErrorCount(): number {
		const {
			_errorsLength: { buf: wordCount },
		} = this.#decoder;
		const errorCount = Math.ceil(wordCount[0]! / 2);
		wordCount[0] = 0;
		return errorCount;
	}
}

function isPacketDecoder(decoder: Partial<PacketDecoder> = {}): decoder is PacketDecoder {
	const { sendSetupHeader, initDsp, _common: common, _input: input, _inputLen: inputLength } = decoder;
	const { _outputBufferPtr: output, _channels: channels, _samplesDecoded: frames, _errorsLength: errors } = decoder;
	const calls = [sendSetupHeader, initDsp, common?.wasm.decode_packets];
	const arrays = [input, inputLength, output, channels, frames, errors];
	return calls.every((call) => typeof call === "function") && arrays.every((array) => (array?.buf.length ?? 0) > 0);
}
