import { describe, expect, test } from "vitest";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import { concat, convertWithFfmpeg, firstDifference, music, writeWave } from "../../../test/fixtures.ts";
import { comment, id3Tag, userText } from "../../../test/id3-writer.ts";
import { mpegFrames } from "../../../test/mpeg-frames.ts";
import { memorySource } from "../../source/byte-source.ts";
import { openMp3 } from "./open-mp3.ts";

const FRAMES = 48_000;
const MPEG_FRAMES = 1_152;
const ENCODER_DELAY = 576;
const DECODER_DELAY = 529;
const FRAME_BYTES = 384;
const wave = writeWave(music(FRAMES, 48_000, 2), { sampleRate: 48_000, channels: 2 });
const file = convertWithFfmpeg(wave, {
	from: "wav",
	to: "mp3",
	args: ["-c:a", "libmp3lame", "-b:a", "128k", "-id3v2_version", "0"],
});
const [info = file, ...frames] = mpegFrames(file, FRAME_BYTES);
const audio = concat(frames);
const padding = frames.length * MPEG_FRAMES - ENCODER_DELAY - FRAMES;

const decode = (bytes: Uint8Array, options: { strict?: boolean; trimEncoderDelay?: boolean } = { strict: true }) =>
	decodeAll(openMp3(memorySource(bytes), decodeContext(options)));
const { samples: recorded } = await decode(file);
const { samples: whole } = await decode(audio);

const hex = (value: number, digits = 8) => value.toString(16).toUpperCase().padStart(digits, "0");

/** A tag with an iTunes note. */
function note(before: number, after: number, length: number, write = comment): Uint8Array {
	const text = ` 00000000 ${hex(before)} ${hex(after)} ${hex(length, 16)} 00000000 00000000 00000000`;
	return id3Tag([write("iTunSMPB", text)], { version: 3 });
}

const rightNote = note(ENCODER_DELAY, padding, FRAMES);

/** The info frame with other numbers: its tag begins at byte 36, LAME's delays are at byte 141 of it. */
function describe48(changes: {
	frames?: number;
	bytes?: number | null;
	padding?: readonly [number, number];
}): Uint8Array {
	const described = Buffer.from(info);
	if (changes.frames !== undefined) described.writeUInt32BE(changes.frames, 44);
	if (typeof changes.bytes === "number") described.writeUInt32BE(changes.bytes, 48);
	if (changes.padding !== undefined) {
		const [before, after] = changes.padding;
		described.writeUIntBE((before << 12) | after, 36 + 141, 3);
	}
	if (changes.bytes !== null) return described;
	// Without the field, later ones move up.
	described[43]! &= ~2;
	described.copyWithin(48, 52);
	return described;
}

test("the recording is exactly the one in LAME's tag", () => {
	expect(recorded.length).toBe(2 * FRAMES);
	expect(whole.length).toBe(2 * frames.length * MPEG_FRAMES);
	const start = 2 * (ENCODER_DELAY + DECODER_DELAY);
	expect(firstDifference(whole.subarray(start, start + 2 * FRAMES), recorded)).toBeNull();
});

describe("iTunes' note", () => {
	test.each([
		["as a comment", concat([rightNote, audio])],
		["as a user-defined text", concat([note(ENCODER_DELAY, padding, FRAMES, userText), audio])],
		["next to an info frame without delays", concat([rightNote, describe48({ padding: [0, 0] }), audio])],
	])("%s removes delay and padding", async (_name, bytes) => {
		const decoded = await decode(bytes);
		expect(decoded.format.frames).toBe(FRAMES);
		expect(firstDifference(decoded.samples, recorded)).toBeNull();
		const untrimmed = await decode(bytes, { trimEncoderDelay: false });
		expect(untrimmed.samples.length).toBe(whole.length);
	});

	test("yields to LAME's tag", async () => {
		const bytes = concat([note(0, frames.length * MPEG_FRAMES - 1_000, 1_000), file]);
		expect(firstDifference((await decode(bytes)).samples, recorded)).toBeNull();
	});

	test.each([
		["of another file", note(2_112, 960, FRAMES)],
		["of a length beyond the file's", note(ENCODER_DELAY, padding, FRAMES + MPEG_FRAMES)],
		["left in a cut file", note(ENCODER_DELAY, padding + MPEG_FRAMES, FRAMES)],
		["without padding", note(ENCODER_DELAY, 0, FRAMES)],
	])("%s is ignored", async (_name, tag) => {
		expect(firstDifference((await decode(concat([tag, audio]))).samples, whole)).toBeNull();
	});

	test("of a file that ends inside a frame still removes the delay", async () => {
		const cut = concat([rightNote, audio.subarray(0, 30 * FRAME_BYTES + 100)]);
		const decoded = await decode(cut, {});
		expect(decoded.samples.length).toBe(2 * (30 * MPEG_FRAMES - ENCODER_DELAY - DECODER_DELAY));
		expect(firstDifference(decoded.samples, recorded.subarray(0, decoded.samples.length))).toBeNull();
		expect(decoded.warnings).toEqual([expect.stringMatching(/^The file ends at .+ after 30 MP3 frames\.$/)]);
	});

	test("of a file with a longer declared length still removes the delay", async () => {
		const described = describe48({ padding: [0, 0] });
		const cut = concat([rightNote, described, audio.subarray(0, 30 * FRAME_BYTES)]);
		const decoded = await decode(cut, {});
		expect(firstDifference(decoded.samples, recorded.subarray(0, 2 * (30 * MPEG_FRAMES - 1_105)))).toBeNull();
		expect(decoded.warnings).toEqual([expect.stringContaining(`after 30 of ${frames.length} MP3 frames`)]);
	});
});

describe("the info frame's count", () => {
	test.each([
		["with its own frame", { frames: frames.length + 1 }],
		["with its own frame and no count of bytes", { frames: frames.length + 1, bytes: null }],
		["with its own frame and bytes without it", { frames: frames.length + 1, bytes: audio.length }],
		["one frame short, and all bytes", { frames: frames.length - 1 }],
	])("%s is recognised: the length is exact and nothing is missing", async (_name, changes) => {
		const decoded = await decode(concat([describe48(changes), audio]));
		expect(decoded.format.frames).toBe(FRAMES);
		expect(firstDifference(decoded.samples, recorded)).toBeNull();
	});

	test.each([
		["a frame is missing according to the bytes", { frames: frames.length }, 1],
		["two frames are missing, whatever the bytes", { frames: frames.length, bytes: 0 }, 2],
	])("%s: it is reported", async (_name, changes, missing) => {
		const rest = concat(frames.slice(0, -missing));
		const decoded = await decode(concat([describe48(changes), rest]), {});
		expect(decoded.warnings).toEqual([
			expect.stringContaining(`after ${frames.length - missing} of ${frames.length} MP3 frames`),
		]);
		expect(firstDifference(decoded.samples, recorded.subarray(0, decoded.samples.length))).toBeNull();
	});

	test("a delay beyond the file's end cuts nothing", async () => {
		const short = concat([describe48({ frames: 3, bytes: 0, padding: [4_095, 0] }), ...frames.slice(0, 3)]);
		expect((await decode(short)).samples.length).toBe(2 * 3 * MPEG_FRAMES);
	});
});

test("a VBRI frame that counts itself is recognised, one that counts more reports missing frames", async () => {
	const vbri = Buffer.alloc(FRAME_BYTES);
	vbri.set(info.subarray(0, 4));
	vbri.write("VBRI", 36, "latin1");
	vbri.writeUInt16BE(1, 40);
	vbri.writeUInt32BE(audio.length + FRAME_BYTES, 46);
	vbri.writeUInt32BE(frames.length + 1, 50);
	expect(firstDifference((await decode(concat([vbri, audio]))).samples, whole)).toBeNull();
	vbri.writeUInt32BE(audio.length + 2 * FRAME_BYTES, 46);
	const { warnings } = await decode(concat([vbri, audio]), {});
	expect(warnings).toEqual([expect.stringContaining(`after ${frames.length} of ${frames.length + 1} MP3 frames`)]);
});
