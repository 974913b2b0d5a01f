/** How one sample is written in bytes, all little-endian: unsigned or signed integer, or float, with its width in bits. */
export type SampleCoding = "u8" | "s16" | "s24" | "s32" | "f32" | "f64";

/** Bytes of one sample. */
export const sampleBytes: Readonly<Record<SampleCoding, number>> = { u8: 1, s16: 2, s24: 3, s32: 4, f32: 4, f64: 8 };

/**
 * Decodes samples to floats; integers are divided by 2^(bits - 1), the value of full scale.
 *
 * Does not allocate more than a view.
 *
 * @param bytes - at least as many samples as `output` takes
 */
export function decodeSamples(coding: SampleCoding, bytes: Uint8Array, output: Float32Array): void {
	switch (coding) {
		case "u8":
			decodeUnsigned8(bytes, output);
			break;
		case "s16":
			decodeSigned16(bytes, output);
			break;
		case "s24":
			decodeSigned24(bytes, output);
			break;
		case "s32":
			decodeSigned32(bytes, output);
			break;
		case "f32":
			decodeFloat32(bytes, output);
			break;
		case "f64":
			decodeFloat64(bytes, output);
			break;
	}
}

function decodeUnsigned8(bytes: Uint8Array, output: Float32Array): void {
	for (let index = 0; index < output.length; index++) output[index] = (bytes[index]! - 128) / 128;
}

function decodeSigned16(bytes: Uint8Array, output: Float32Array): void {
	if (bytes.byteOffset % 2 === 0) {
		const integers = new Int16Array(bytes.buffer, bytes.byteOffset, output.length);
		for (let index = 0; index < output.length; index++) output[index] = integers[index]! / 32_768;
		return;
	}
	for (let index = 0, offset = 0; index < output.length; index++, offset += 2) {
		output[index] = (((bytes[offset]! | (bytes[offset + 1]! << 8)) << 16) >> 16) / 32_768;
	}
}

function decodeSigned24(bytes: Uint8Array, output: Float32Array): void {
	for (let index = 0, offset = 0; index < output.length; index++, offset += 3) {
		const high = (bytes[offset]! << 8) | (bytes[offset + 1]! << 16) | (bytes[offset + 2]! << 24);
		output[index] = high / 2_147_483_648;
	}
}

function decodeSigned32(bytes: Uint8Array, output: Float32Array): void {
	if (bytes.byteOffset % 4 === 0) {
		const integers = new Int32Array(bytes.buffer, bytes.byteOffset, output.length);
		for (let index = 0; index < output.length; index++) output[index] = integers[index]! / 2_147_483_648;
		return;
	}
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	for (let index = 0; index < output.length; index++) output[index] = view.getInt32(index * 4, true) / 2_147_483_648;
}

function decodeFloat32(bytes: Uint8Array, output: Float32Array): void {
	// Bytes are copied, not values: every bit of every sample survives, whatever the alignment.
	new Uint8Array(output.buffer, output.byteOffset, output.byteLength).set(bytes.subarray(0, output.byteLength));
}

function decodeFloat64(bytes: Uint8Array, output: Float32Array): void {
	if (bytes.byteOffset % 8 === 0) {
		output.set(new Float64Array(bytes.buffer, bytes.byteOffset, output.length));
		return;
	}
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	for (let index = 0; index < output.length; index++) output[index] = view.getFloat64(index * 8, true);
}
