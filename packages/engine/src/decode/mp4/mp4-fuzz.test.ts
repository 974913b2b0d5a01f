import { afterAll, expect, test } from "vitest";
import { forgetfulSource } from "../../../test/byte-sources.ts";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import { concat, convertWithFfmpeg, music, randomBytes, seededRandom, writeWave } from "../../../test/fixtures.ts";
import { editListBox, withEditList } from "../../../test/mp4-writer.ts";
import { testAudio } from "../../../test/node-audio.ts";
import { LooperError } from "../../errors.ts";
import { openDecoder } from "../open-decoder.ts";

const SEEDS = 40;
const FRAMES = 30_000;
/** A damaged index can repeat a packet, but only as often as its bytes allow. */
const MAX_GROWTH = 100;

afterAll(() => testAudio.close());

const wave = writeWave(music(FRAMES, 44_100, 2), { sampleRate: 44_100, channels: 2 });
const convert = (to: string, ...args: readonly string[]) => convertWithFfmpeg(wave, { from: "wav", to, args });
const edits = editListBox(
	[30, -1, 9_000, 2_000, 2_000, -1, 20_000].map((mediaTime, index) => ({ duration: 40 + index, mediaTime })),
);

function mutate(file: Uint8Array, seed: number): Uint8Array {
	const random = seededRandom(seed);
	const below = (limit: number) => Math.floor(random() * limit);
	const bytes = file.slice();
	const kind = below(4);
	if (kind === 0) return bytes.subarray(0, below(bytes.length));
	if (kind === 1) {
		const at = below(bytes.length);
		return concat([bytes.subarray(0, at), randomBytes(below(600), random), bytes.subarray(at)]);
	}
	// Mostly in the index, which has the lengths.
	const index = Math.max(0, Buffer.from(bytes).indexOf("moov"));
	const [start, length] = kind === 2 ? [index, Math.min(bytes.length - index, 1_000)] : [0, bytes.length];
	for (let count = 1 + below(12); count > 0; count--)
		bytes[start + below(length)] = [0, 0x7f, 0xff, below(256)][below(4)]!;
	return bytes;
}

test.each([
	["ADTS", convert("adts", "-c:a", "aac", "-f", "adts")],
	["AAC in M4A", convert("m4a", "-c:a", "aac")],
	[
		"AAC in fragments",
		convert("m4a", "-c:a", "aac", "-movflags", "+frag_keyframe+delay_moov", "-frag_duration", "200000"),
	],
	["ALAC in M4A", convert("m4a", "-c:a", "alac", "-movflags", "+faststart")],
	["ALAC in CAF", convert("caf", "-c:a", "alac")],
	["AAC in M4A with an edit list", withEditList(convert("m4a", "-c:a", "aac"), edits)],
	["ALAC in M4A with an edit list", withEditList(convert("m4a", "-c:a", "alac"), edits)],
])(`${SEEDS} mutated files end in audio of bounded length or in a LooperError: %s`, async (_name, file) => {
	const faults: string[] = [];
	const outcomes = { audio: 0, error: 0 };
	for (let seed = 1; seed <= SEEDS; seed++) {
		try {
			const source = forgetfulSource(mutate(file, seed));
			const opened = await openDecoder(source, decodeContext({ platformAudio: testAudio }));
			// An edit list may declare any length; then the memory budget ends the load.
			if (opened.format.frames > MAX_GROWTH * FRAMES) {
				opened.close();
				throw new LooperError("out-of-memory", `${opened.format.frames} frames`);
			}
			const { samples, format } = await decodeAll(Promise.resolve(opened));
			outcomes.audio++;
			const frames = samples.length / format.channels;
			if (frames > MAX_GROWTH * FRAMES) faults.push(`seed ${seed}: ${frames} frames`);
			if (!samples.every((sample) => Math.abs(sample) <= 2 ** 16)) faults.push(`seed ${seed}: a wild sample`);
		} catch (error) {
			outcomes.error++;
			if (!(error instanceof LooperError)) faults.push(`seed ${seed}: ${String(error)}`);
		}
	}
	expect(faults).toEqual([]);
	expect(outcomes.audio).toBeGreaterThan(SEEDS / 10);
});
