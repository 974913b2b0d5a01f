import { aLawSamples, muLawSamples } from "./companding.ts";

/** The coding of one sample. */
export interface SampleCoding {
	/** Bytes per sample. */
	readonly bytes: number;
	/** Set for little-endian integers that the loader's inner loops decode, too. */
	readonly integerBytes?: 2 | 3;
	/**
	 * Decodes samples to floats; integers are divided by full scale, 2^(bits - 1).
	 *
	 * Allocates at most a view.
	 *
	 * @param bytes - at least as many samples as `output` holds
	 */
	decode(bytes: Uint8Array, output: Float32Array): void;
}

export const unsigned8: SampleCoding = {
	bytes: 1,
	decode(bytes, output) {
		for (let index = 0; index < output.length; index++) output[index] = (bytes[index]! - 128) / 128;
	},
};

export const aLaw: SampleCoding = { bytes: 1, decode: (bytes, output) => lookUp(aLawSamples, bytes, output) };

export const muLaw: SampleCoding = { bytes: 1, decode: (bytes, output) => lookUp(muLawSamples, bytes, output) };

/** Signed integers of a width in bytes, or null if unsupported. */
export function signedInteger(sampleBytes: number, isLittleEndian: boolean): SampleCoding | null {
	switch (sampleBytes) {
		case 1:
			return { bytes: 1, decode: decodeSigned8 };
		case 2:
			return {
				bytes: 2,
				...(isLittleEndian ? { integerBytes: 2 } : {}),
				decode: (bytes, output) => decodeSigned16(bytes, output, isLittleEndian),
			};
		case 3:
			return {
				bytes: 3,
				...(isLittleEndian ? { integerBytes: 3 } : {}),
				decode: (bytes, output) => decodeSigned24(bytes, output, isLittleEndian),
			};
		case 4:
			return { bytes: 4, decode: (bytes, output) => decodeSigned32(bytes, output, isLittleEndian) };
		default:
			return null;
	}
}

/**
 * Signed integers right-aligned in their containers; the bits above them are ignored.
 *
 * @param containerBytes - 2..4
 * @param bits - per integer, fewer than the container has
 */
export function bottomInteger(containerBytes: number, bits: number, isLittleEndian: boolean): SampleCoding {
	return {
		bytes: containerBytes,
		decode(bytes, output) {
			for (let index = 0, offset = 0; index < output.length; index++, offset += containerBytes) {
				let value = 0;
				for (let place = 0; place < containerBytes; place++) {
					value = (value << 8) | bytes[offset + (isLittleEndian ? containerBytes - 1 - place : place)]!;
				}
				output[index] = (value << (32 - bits)) / 2_147_483_648;
			}
		},
	};
}

/** Floats of a width in bytes, or null if unsupported. */
export function float(sampleBytes: number, isLittleEndian: boolean): SampleCoding | null {
	switch (sampleBytes) {
		case 4:
			return { bytes: 4, decode: (bytes, output) => decodeFloat32(bytes, output, isLittleEndian) };
		case 8:
			return { bytes: 8, decode: (bytes, output) => decodeFloat64(bytes, output, isLittleEndian) };
		default:
			return null;
	}
}

function lookUp(table: Float32Array, bytes: Uint8Array, output: Float32Array): void {
	for (let index = 0; index < output.length; index++) output[index] = table[bytes[index]!]!;
}

function decodeSigned8(bytes: Uint8Array, output: Float32Array): void {
	for (let index = 0; index < output.length; index++) output[index] = ((bytes[index]! << 24) >> 24) / 128;
}

function decodeSigned16(bytes: Uint8Array, output: Float32Array, isLittleEndian: boolean): void {
	if (isLittleEndian && bytes.byteOffset % 2 === 0) {
		const integers = new Int16Array(bytes.buffer, bytes.byteOffset, output.length);
		for (let index = 0; index < output.length; index++) output[index] = integers[index]! / 32_768;
		return;
	}
	const low = isLittleEndian ? 0 : 1;
	const high = 1 - low;
	for (let index = 0, offset = 0; index < output.length; index++, offset += 2) {
		output[index] = ((bytes[offset + low]! << 16) | (bytes[offset + high]! << 24)) / 2_147_483_648;
	}
}

function decodeSigned24(bytes: Uint8Array, output: Float32Array, isLittleEndian: boolean): void {
	if (!isLittleEndian) {
		decodeSigned24Bytes(bytes, output, { from: 0, to: output.length, low: 2 });
		return;
	}
	// Each sample advances by three bytes: after as many samples as bytes past a word boundary, one starts on a boundary.
	const head = Math.min(bytes.byteOffset % 4, output.length);
	const tail = output.length - ((output.length - head) % 4);
	decodeSigned24Bytes(bytes, output, { from: 0, to: head, low: 0 });
	if (head < tail) decodeSigned24Words(bytes.subarray(3 * head), output.subarray(head, tail));
	decodeSigned24Bytes(bytes, output, { from: tail, to: output.length, low: 0 });
}

function decodeSigned24Bytes(
	bytes: Uint8Array,
	output: Float32Array,
	{ from, to, low }: { from: number; to: number; low: 0 | 2 },
): void {
	const high = 2 - low;
	for (let index = from, offset = 3 * from; index < to; index++, offset += 3) {
		const top = (bytes[offset + low]! << 8) | (bytes[offset + 1]! << 16) | (bytes[offset + high]! << 24);
		output[index] = top / 2_147_483_648;
	}
}

/** Three words hold four samples, each shifted to the top of a word; twice as fast as bytewise. */
function decodeSigned24Words(bytes: Uint8Array, output: Float32Array): void {
	const words = new Int32Array(bytes.buffer, bytes.byteOffset, (output.length / 4) * 3);
	for (let index = 0, place = 0; index < output.length; index += 4, place += 3) {
		const first = words[place]!;
		const second = words[place + 1]!;
		const third = words[place + 2]!;
		output[index] = (first << 8) / 2_147_483_648;
		output[index + 1] = ((second << 16) | ((first >>> 16) & 0xff00)) / 2_147_483_648;
		output[index + 2] = ((third << 24) | ((second >>> 8) & 0xffff00)) / 2_147_483_648;
		output[index + 3] = (third & 0xffffff00) / 2_147_483_648;
	}
}

function decodeSigned32(bytes: Uint8Array, output: Float32Array, isLittleEndian: boolean): void {
	if (isLittleEndian && bytes.byteOffset % 4 === 0) {
		const integers = new Int32Array(bytes.buffer, bytes.byteOffset, output.length);
		for (let index = 0; index < output.length; index++) output[index] = integers[index]! / 2_147_483_648;
		return;
	}
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	for (let index = 0; index < output.length; index++) {
		output[index] = view.getInt32(index * 4, isLittleEndian) / 2_147_483_648;
	}
}

function decodeFloat32(bytes: Uint8Array, output: Float32Array, isLittleEndian: boolean): void {
	// Copies bits, not values: every bit survives, whatever the alignment.
	if (isLittleEndian) {
		new Uint8Array(output.buffer, output.byteOffset, output.byteLength).set(bytes.subarray(0, output.byteLength));
		return;
	}
	const bits = new Uint32Array(output.buffer, output.byteOffset, output.length);
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	for (let index = 0; index < bits.length; index++) bits[index] = view.getUint32(index * 4);
}

function decodeFloat64(bytes: Uint8Array, output: Float32Array, isLittleEndian: boolean): void {
	if (isLittleEndian && bytes.byteOffset % 8 === 0) {
		output.set(new Float64Array(bytes.buffer, bytes.byteOffset, output.length));
		return;
	}
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	for (let index = 0; index < output.length; index++) output[index] = view.getFloat64(index * 8, isLittleEndian);
}
