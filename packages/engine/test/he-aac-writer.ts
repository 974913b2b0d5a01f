import { ADTS_HEADER_BYTES, adtsFrame, readAdtsHeader } from "../src/decode/aac/adts.ts";

/** Syntactic elements that fill and end a block. */
const FILL_ELEMENT = "110";
const END = "111";
const SBR_DATA = "1101";
/** Low-resolution and noise bands that the header below yields at 22.05 and 24 kHz. */
const ENVELOPE_BANDS = 6;
const NOISE_BANDS = 3;
/** Level of the lowest band, in steps of 1.5 dB; the others equal it. */
const LEVEL = 20;
/** Adds almost no noise to the replicated bands. */
const NOISE_FLOOR = 30;

/**
 * Converts a stereo Low Complexity stream at 22.05 or 24 kHz to HE-AAC by adding spectral band replication at a constant
 * level to every block. No free encoder produces such files.
 *
 * Source: ISO/IEC 14496-3:2009, subpart 4, 4.4.2.7 (fill elements) and 4.4.2.8 (spectral band replication).
 *
 * @param adts - an ADTS file; the replication is signalled implicitly, as in most files
 */
export function withSpectralBands(adts: Uint8Array): Uint8Array<ArrayBuffer> {
	const frames: Uint8Array[] = [];
	for (let offset = 0; offset < adts.length; ) {
		const header = readAdtsHeader(adts, offset)!;
		const block = adts.subarray(offset + ADTS_HEADER_BYTES, offset + header.frameBytes);
		frames.push(adtsFrame(header, extended(block)));
		offset += header.frameBytes;
	}
	return new Uint8Array(Buffer.concat(frames));
}

/** A block ends with its last set bit; the rest is padding. */
function extended(block: Uint8Array): Uint8Array {
	const bits = Array.from(block, (byte) => binary(byte, 8)).join("");
	const end = bits.lastIndexOf("1") + 1 - END.length;
	if (!bits.startsWith(END, end)) throw new Error("The block has no end element.");
	return bytesOf(bits.slice(0, end) + fillElement() + END);
}

function fillElement(): string {
	const payload = SBR_DATA + spectralBands();
	const byteCount = Math.ceil(payload.length / 8);
	// 15 is followed by another byte with the rest of the count.
	const count = byteCount < 15 ? binary(byteCount, 4) : binary(15, 4) + binary(byteCount - 14, 8);
	return FILL_ELEMENT + count + payload.padEnd(8 * byteCount, "0");
}

/** A header, and one envelope for each of two independent channels. */
function spectralBands(): string {
	const [startFrequency, stopFrequency, crossover] = [binary(5, 4), binary(5, 4), "000"];
	const header = `10${startFrequency}${stopFrequency}${crossover}0000`;
	const uncoupled = "00";
	const fixedGrid = "00000";
	const inFrequency = "00";
	const noInverseFiltering = "00".repeat(NOISE_BANDS);
	// A band equal to the one below it takes two bits, or one in the noise.
	const envelope = binary(LEVEL, 7) + "00".repeat(ENVELOPE_BANDS - 1);
	const noise = binary(NOISE_FLOOR, 5) + "0".repeat(NOISE_BANDS - 1);
	const noTonesNoExtension = "000";
	const channels = [fixedGrid, inFrequency, noInverseFiltering, envelope, noise].map((part) => part.repeat(2));
	return header + uncoupled + channels.join("") + noTonesNoExtension;
}

function binary(value: number, digits: number): string {
	return value.toString(2).padStart(digits, "0");
}

function bytesOf(bits: string): Uint8Array {
	return Uint8Array.from({ length: Math.ceil(bits.length / 8) }, (_, index) =>
		Number.parseInt(bits.slice(8 * index, 8 * index + 8).padEnd(8, "0"), 2),
	);
}
