import { createHash } from "node:crypto";
import { ascii, concat } from "./fixtures.ts";

/** The coding of a predicted subframe's residual. */
export interface ResidualCoding {
	/** Bits per Rice parameter. */
	readonly parameterBits: 4 | 5;
	readonly partitionOrder: number;
	/** Chosen from the residuals of a partition; "escape" stores them verbatim. */
	readonly parameter: (residuals: readonly number[]) => number | "escape";
}

/** The coding of one channel of a block. */
export type SubframeCoding =
	| { readonly type: "constant" | "verbatim"; readonly wastedBits?: number }
	| { readonly type: "fixed"; readonly order: number; readonly wastedBits?: number; readonly residual: ResidualCoding }
	| {
			readonly type: "linear";
			/** Newest sample first. */
			readonly coefficients: readonly number[];
			readonly precision: number;
			readonly shift: number;
			readonly wastedBits?: number;
			readonly residual: ResidualCoding;
	  };

export type StereoCoding = "independent" | "left-side" | "side-right" | "mid-side";

/** The properties that all frames of a file share. */
export interface FlacWriterOptions {
	readonly sampleRate: number;
	readonly bits: number;
	readonly isVariable?: boolean;
	/** Frame headers hold the number of the first sample; only valid with variable block sizes. */
	readonly countsSamples?: boolean;
	/** Replaces the length in STREAMINFO. */
	readonly declaredFrames?: number;
	/** Number of the first frame. */
	readonly firstNumber?: number;
}

/** One block: integer samples of each channel, and their coding. */
export interface FlacBlock {
	readonly channels: readonly (readonly number[])[];
	readonly stereo?: StereoCoding;
	readonly codings: readonly SubframeCoding[];
}

const fixedCoefficients = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];
const stereoCodes: Record<StereoCoding, number> = { independent: 1, "left-side": 8, "side-right": 9, "mid-side": 10 };

/** Bits, most significant first. */
class BitWriter {
	readonly #bytes: number[] = [];
	#filled = 0;

	/** @param value - an integer exact in a double; negative ones are written in two's complement */
	write(value: number, bits: number): void {
		const wrapped = value < 0 ? value + 2 ** bits : value;
		for (let place = bits - 1; place >= 0; place--) this.#writeBit(Math.floor(wrapped / 2 ** place) % 2);
	}

	writeUnary(zeros: number): void {
		for (let zero = 0; zero < zeros; zero++) this.#writeBit(0);
		this.#writeBit(1);
	}

	/** The bytes so far, the last one padded with zeros. */
	toBytes(): Uint8Array<ArrayBuffer> {
		return Uint8Array.from(this.#bytes);
	}

	#writeBit(bit: number): void {
		if (this.#filled % 8 === 0) this.#bytes.push(0);
		this.#bytes[this.#bytes.length - 1]! |= bit << (7 - (this.#filled % 8));
		this.#filled++;
	}
}

/** Remainder of the bytes divided by a polynomial, bitwise. */
function crc(bytes: Uint8Array, polynomial: number, bits: number): number {
	const top = 2 ** (bits - 1);
	let remainder = 0;
	for (const byte of bytes) {
		remainder ^= byte << (bits - 8);
		for (let bit = 0; bit < 8; bit++) {
			remainder = ((remainder << 1) ^ ((remainder & top) === 0 ? 0 : polynomial)) & (2 * top - 1);
		}
	}
	return remainder;
}

/** A number of up to 36 bits in the extended form of UTF-8. */
function codedNumber(number: number): number[] {
	if (number < 0x80) return [number];
	let continuationCount = 1;
	while (number >= 2 ** (6 * continuationCount + (6 - continuationCount))) continuationCount++;
	const lead = (0xff00 >> (continuationCount + 1)) & 0xff;
	const bytes = [lead | Math.floor(number / 64 ** continuationCount)];
	for (let left = continuationCount - 1; left >= 0; left--) bytes.push(0x80 | (Math.floor(number / 64 ** left) % 64));
	return bytes;
}

/** Block size and sample rate as codes, and the fields after the frame number that they add. */
function blockSizeCode(frames: number): [code: number, bits: number] {
	const powers = [256, 512, 1024, 2048, 4096, 8192, 16_384, 32_768].indexOf(frames);
	if (frames === 192) return [1, 0];
	if (powers >= 0) return [8 + powers, 0];
	return frames <= 256 ? [6, 8] : [7, 16];
}

function sampleRateCode(rate: number): [code: number, bits: number, value: number] {
	const listed = [88_200, 176_400, 192_000, 8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000].indexOf(
		rate,
	);
	if (listed >= 0) return [1 + listed, 0, 0];
	if (rate % 1000 === 0 && rate < 256_000) return [12, 8, rate / 1000];
	if (rate < 65_536) return [13, 16, rate];
	return rate % 10 === 0 && rate < 655_360 ? [14, 16, rate / 10] : [0, 0, 0];
}

function writeHeader(block: FlacBlock, number: number, options: FlacWriterOptions): Uint8Array<ArrayBuffer> {
	const frames = block.channels[0]!.length;
	const [sizeCode, sizeBits] = blockSizeCode(frames);
	const [rateCode, rateBits, rate] = sampleRateCode(options.sampleRate);
	const depths = [-1, 8, 12, -1, 16, 20, 24, 32];
	const writer = new BitWriter();
	writer.write(0x7ffc, 15);
	writer.write(options.isVariable === true ? 1 : 0, 1);
	writer.write(sizeCode, 4);
	writer.write(rateCode, 4);
	writer.write(block.stereo === undefined ? block.channels.length - 1 : stereoCodes[block.stereo], 4);
	writer.write(Math.max(0, depths.indexOf(options.bits)), 3);
	writer.write(0, 1);
	for (const byte of codedNumber(number)) writer.write(byte, 8);
	writer.write(frames - 1, sizeBits);
	writer.write(rate, rateBits);
	const bytes = writer.toBytes();
	return concat([bytes, Uint8Array.of(crc(bytes, 0x07, 8))]);
}

/** Prediction residual of the samples after the warm-up. */
export function residualsOf(samples: readonly number[], coefficients: readonly number[], shift: number): number[] {
	return samples.slice(coefficients.length).map((sample, index) => {
		const newest = index + coefficients.length - 1;
		const sum = coefficients.reduce((total, coefficient, tap) => total + coefficient * samples[newest - tap]!, 0);
		return sample - Math.floor(sum / 2 ** shift);
	});
}

function writeResidual(writer: BitWriter, residuals: readonly number[], order: number, coding: ResidualCoding): void {
	const partitionFrames = (residuals.length + order) / 2 ** coding.partitionOrder;
	writer.write(coding.parameterBits - 4, 2);
	writer.write(coding.partitionOrder, 4);
	for (let partition = 0; partition < 2 ** coding.partitionOrder; partition++) {
		const start = Math.max(0, partition * partitionFrames - order);
		const part = residuals.slice(start, (partition + 1) * partitionFrames - order);
		const parameter = coding.parameter(part);
		writer.write(parameter === "escape" ? 2 ** coding.parameterBits - 1 : parameter, coding.parameterBits);
		if (parameter === "escape") {
			const bits = part.reduce((most, value) => Math.max(most, signedBits(value)), 0);
			writer.write(bits, 5);
			for (const value of part) writer.write(value, bits);
		} else {
			for (const value of part) {
				const folded = value < 0 ? -2 * value - 1 : 2 * value;
				writer.writeUnary(Math.floor(folded / 2 ** parameter));
				writer.write(folded % 2 ** parameter, parameter);
			}
		}
	}
}

/** Bits of a value in two's complement; 0 for zero. */
export function signedBits(value: number): number {
	return value === 0 ? 0 : Math.floor(Math.log2(value < 0 ? Math.max(1, -value - 0.5) : value)) + 2;
}

function writeSubframe(writer: BitWriter, samples: readonly number[], bits: number, coding: SubframeCoding): void {
	const wasted = coding.wastedBits ?? 0;
	const coded = samples.map((sample) => sample / 2 ** wasted);
	const codedBits = bits - wasted;
	const coefficients = coding.type === "fixed" ? fixedCoefficients[coding.order]! : [];
	const predictor = coding.type === "linear" ? coding.coefficients : coefficients;
	const types = { constant: 0, verbatim: 1, fixed: 8 + predictor.length, linear: 31 + predictor.length };
	writer.write(types[coding.type], 7);
	writer.write(wasted > 0 ? 1 : 0, 1);
	if (wasted > 0) writer.writeUnary(wasted - 1);
	const plainCounts = { constant: 1, verbatim: coded.length, fixed: predictor.length, linear: predictor.length };
	for (const sample of coded.slice(0, plainCounts[coding.type])) writer.write(sample, codedBits);
	if (coding.type === "linear") {
		writer.write(coding.precision - 1, 4);
		writer.write(coding.shift, 5);
		for (const coefficient of predictor) writer.write(coefficient, coding.precision);
	}
	if (coding.type === "fixed" || coding.type === "linear") {
		const residuals = residualsOf(coded, predictor, coding.type === "linear" ? coding.shift : 0);
		writeResidual(writer, residuals, predictor.length, coding.residual);
	}
}

/** The channels as stored by a stereo coding, each with its bit depth. */
export function codedChannels(block: FlacBlock, bits: number): { samples: readonly number[]; bits: number }[] {
	const [left, right] = block.channels;
	const stereo = block.stereo ?? "independent";
	if (stereo === "independent" || left === undefined || right === undefined) {
		return block.channels.map((samples) => ({ samples, bits }));
	}
	const side = { samples: left.map((sample, frame) => sample - right[frame]!), bits: bits + 1 };
	const mid = { samples: left.map((sample, frame) => Math.floor((sample + right[frame]!) / 2)), bits };
	if (stereo === "left-side") return [{ samples: left, bits }, side];
	return stereo === "side-right" ? [side, { samples: right, bits }] : [mid, side];
}

function writeFrame(block: FlacBlock, number: number, options: FlacWriterOptions): Uint8Array<ArrayBuffer> {
	const writer = new BitWriter();
	for (const byte of writeHeader(block, number, options)) writer.write(byte, 8);
	codedChannels(block, options.bits).forEach(({ samples, bits }, index) => {
		writeSubframe(writer, samples, bits, block.codings[index]!);
	});
	const body = writer.toBytes();
	const checksum = crc(body, 0x8005, 16);
	return concat([body, Uint8Array.of(checksum >> 8, checksum & 0xff)]);
}

/** MD5 of interleaved samples, as in STREAMINFO. */
function md5OfSamples(samples: Iterable<number>, bits: number): Uint8Array {
	const width = Math.ceil(bits / 8);
	const bytes: number[] = [];
	for (const sample of samples) {
		for (let byte = 0; byte < width; byte++) bytes.push(Math.floor(sample / 256 ** byte) & 0xff);
	}
	return createHash("md5").update(Uint8Array.from(bytes)).digest();
}

/** Interleaves the samples of blocks. */
export function interleave(blocks: readonly FlacBlock[]): number[] {
	return blocks.flatMap(({ channels }) =>
		channels[0]!.flatMap((_, frame) => channels.map((samples) => samples[frame]!)),
	);
}

/** A FLAC file of blocks, and the offset of each frame. */
export function writeFlac(
	blocks: readonly FlacBlock[],
	options: FlacWriterOptions,
): { bytes: Uint8Array<ArrayBuffer>; frameOffsets: readonly number[] } {
	const sizes = blocks.map(({ channels }) => channels[0]!.length);
	const fullSizes = sizes.length > 1 ? sizes.slice(0, -1) : sizes;
	const total = sizes.reduce((sum, size) => sum + size, 0);
	const info = new BitWriter();
	info.write(Math.max(16, Math.min(...fullSizes)), 16);
	info.write(Math.max(16, ...fullSizes), 16);
	info.write(0, 48);
	info.write(options.sampleRate, 20);
	info.write(blocks[0]!.channels.length - 1, 3);
	info.write(options.bits - 1, 5);
	info.write(options.declaredFrames ?? total, 36);
	const parts = [
		ascii("fLaC"),
		Uint8Array.of(0x80, 0, 0, 34),
		info.toBytes(),
		md5OfSamples(interleave(blocks), options.bits),
	];
	let offset = concat(parts).length;
	let number = options.firstNumber ?? 0;
	const frameOffsets: number[] = [];
	for (const block of blocks) {
		const frame = writeFrame(block, number, options);
		parts.push(frame);
		frameOffsets.push(offset);
		offset += frame.length;
		number += (options.countsSamples ?? options.isVariable) === true ? block.channels[0]!.length : 1;
	}
	return { bytes: concat(parts), frameOffsets };
}
