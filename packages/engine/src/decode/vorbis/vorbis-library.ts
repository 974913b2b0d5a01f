import { LooperError } from "../../errors.ts";
import type { DecoderFiles } from "../decoder.ts";
import { silently, started } from "../wasm-decoder.ts";

/** The library's buffer for a packet. */
const LONGEST_PACKET_BYTES = 131_072;

/** A word or an array in the library's memory. */
interface LibraryArray<Values> {
	readonly buf: Values;
}

/**
 * The packet decoder inside the library's class for whole files. The class hides lost and damaged pages and is
 * asynchronous; this part decodes synchronously into the library's memory. The version is pinned,
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

/** The output for some packets. */
export interface DecodedPackets {
	/** One array per channel, overwritten by the next packets; the frames are at its start. */
	readonly channelData: readonly Float32Array[];
	readonly frames: number;
	/** Damaged packets without output. */
	readonly damagedCount: number;
}

/** One stream's decoder: headers first, then packets in order. It is unusable after an error. */
export class VorbisLibrary {
	readonly #decoder: PacketDecoder;
	#channelData: readonly Float32Array[] = [];
	#capacity = 0;

	private constructor(decoder: PacketDecoder) {
		this.#decoder = decoder;
	}

	/**
	 * Starts a decoder; each file has its own, because resetting a used one also takes 1 ms.
	 *
	 * @throws LooperError `unsupported-platform` if its file cannot be loaded, `timed-out` if it does not start.
	 */
	static async start(files: DecoderFiles): Promise<VorbisLibrary> {
		const { OggVorbisDecoder } = await files.load("vorbis");
		const library = new OggVorbisDecoder();
		await started(library.ready, "Ogg Vorbis");
		const { _decoder: decoder } = library as unknown as { _decoder?: Partial<PacketDecoder> };
		if (!isPacketDecoder(decoder)) {
			throw new LooperError(
				"worker-crashed",
				"The Ogg Vorbis library has an unsupported version. Install the version that this package pins.",
			);
		}
		return new VorbisLibrary(decoder);
	}

	/** Passes the identification and setup headers; the decoder does not need the comments between them. */
	begin(identification: Uint8Array, setup: Uint8Array): void {
		silently(() => {
			this.#decoder.sendSetupHeader(identification);
			this.#decoder.sendSetupHeader(setup);
			this.#decoder.initDsp();
		});
	}

	/** Decodes packets; damaged ones produce no frames. */
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

	/** Decodes one packet to a position in the channel arrays. @returns its frames. */
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
		// Create the views first: they throw for impossible sizes.
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

	/** The library logs two words per error. */
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
