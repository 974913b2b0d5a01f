import { encodeWav } from "flitzis-looper";
import { expect, test } from "vitest";
import { openWaveFile } from "./wave-file.ts";

const left = Float32Array.from({ length: 1_000 }, (_, frame) => Math.fround(Math.sin(frame)));
const right = left.map((sample) => -sample);

test.each([
	["mono", [left], {}],
	["stereo", [left, right], {}],
	["with chunks in front of the samples", [left], { tempo: 97.5, cuePoints: [{ frame: 3, label: "odd" }] }],
])("a file that the engine writes is read back to the bit, %s", (_what, channels, metadata) => {
	const file = openWaveFile(encodeWav(channels, { sampleRate: 44_100, metadata }));
	expect([file.sampleRate, file.channels, file.frames]).toEqual([44_100, channels.length, 1_000]);
	const { interleaved, firstFrame } = file.read(900, 1_000);
	expect(firstFrame).toBe(900);
	for (const [index, channel] of channels.entries()) {
		expect(interleaved.filter((_, sample) => sample % channels.length === index)).toEqual(channel.subarray(900));
	}
});

test("a file within a larger buffer is read", () => {
	const file = encodeWav([left], { sampleRate: 48_000 });
	const buffer = new Uint8Array(file.length + 3);
	buffer.set(file, 3);
	expect(openWaveFile(buffer.subarray(3)).read(0, 1_000).interleaved).toEqual(left);
});

test("the sizes of a long file lie in its ds64 chunk", () => {
	const file = encodeWav([left], { sampleRate: 48_000 });
	const view = new DataView(file.buffer);
	for (const [offset, id] of [
		[0, "RF64"],
		[12, "ds64"],
	] as const) {
		file.set(
			Array.from(id, (character) => character.charCodeAt(0)),
			offset,
		);
	}
	view.setBigUint64(28, 4_000n, true);
	view.setUint32(file.length - 4_004, 0xffff_ffff, true);
	expect(openWaveFile(file).read(0, 1_000).interleaved).toEqual(left);
});

test("anything else is refused by name", () => {
	expect(() => openWaveFile(new Uint8Array(5))).toThrow("does not begin with RIFF");
	const file = encodeWav([left], { sampleRate: 48_000 });
	expect(() => openWaveFile(file.slice(0, 60))).toThrow("no data chunk");
	expect(() => openWaveFile(encodeWav([left], { sampleRate: 48_000, format: "s24" }))).toThrow("32-bit floats");
});
