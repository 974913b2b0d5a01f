/** A WAV file of 32-bit floats. @param {Float32Array} samples - interleaved @param {number} channels @param {number} sampleRate */
export function floatWave(samples, channels, sampleRate) {
	const bytes = Buffer.alloc(44 + samples.byteLength);
	bytes.write("RIFF", 0, "latin1");
	bytes.writeUInt32LE(bytes.length - 8, 4);
	bytes.write("WAVEfmt ", 8, "latin1");
	bytes.writeUInt32LE(16, 16);
	bytes.writeUInt16LE(3, 20);
	bytes.writeUInt16LE(channels, 22);
	bytes.writeUInt32LE(sampleRate, 24);
	bytes.writeUInt32LE(sampleRate * channels * 4, 28);
	bytes.writeUInt16LE(channels * 4, 32);
	bytes.writeUInt16LE(32, 34);
	bytes.write("data", 36, "latin1");
	bytes.writeUInt32LE(samples.byteLength, 40);
	bytes.set(new Uint8Array(samples.buffer), 44);
	return bytes;
}
