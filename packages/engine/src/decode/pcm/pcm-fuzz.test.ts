import { expect, test } from "vitest";
import { forgetfulSource, shrinkingSource } from "../../../test/byte-sources.ts";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import { ascii, concat, randomBytes, seededRandom, writeWaveData } from "../../../test/fixtures.ts";
import { bytes32, bytes64, iffChunk, writeAiff, writeCaf } from "../../../test/iff-writer.ts";
import { LooperError } from "../../errors.ts";
import { openDecoder } from "../open-decoder.ts";

const SEEDS = 400;
/** Every header of the files here ends before this byte. */
const HEADER_BYTES = 120;

const data = randomBytes(2_000, seededRandom(1));
const wave = writeWaveData(data, { sampleRate: 48_000, channels: 2, extensible: true });
const longSizes = iffChunk("ds64", concat([bytes64(4_000, true), bytes64(2_000, true), new Uint8Array(12)]), {
	isLittleEndian: true,
});

type Random = () => number;
const below = (limit: number, random: Random) => Math.floor(random() * limit);

/** Values at which lengths and counts overflow. */
const edges = [0, 1, 2, 0x7f, 0x80, 0xff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

/** One to four changes in the headers: an edge value of 1, 2 or 4 bytes, a random byte, a cut, a gap. */
function mutate(file: Uint8Array, random: Random): Uint8Array {
	let bytes = file.slice();
	for (let count = 1 + below(4, random); count > 0; count--) {
		const offset = below(Math.min(HEADER_BYTES, bytes.length), random);
		const value = bytes32(edges[below(edges.length, random)]!, random() < 0.5);
		const changes: readonly (() => Uint8Array)[] = [
			() => concat([bytes.subarray(0, offset), value, bytes.subarray(offset + 4)]),
			() => concat([bytes.subarray(0, offset), value.subarray(0, 2), bytes.subarray(offset + 2)]),
			() => concat([bytes.subarray(0, offset), randomBytes(1, random), bytes.subarray(offset + 1)]),
			() => concat([bytes.subarray(0, offset), bytes.subarray(offset + below(20, random))]),
			() => concat([bytes.subarray(0, offset), randomBytes(below(20, random), random), bytes.subarray(offset)]),
			() => bytes.slice(0, bytes.length - below(bytes.length, random)),
		];
		// Most changes keep the offsets of later fields, so that several can combine.
		bytes = Uint8Array.from(changes[below(random() < 0.8 ? 3 : changes.length, random)]!());
	}
	return bytes;
}

const files: readonly (readonly [string, Uint8Array])[] = [
	["WAV", wave],
	["RF64", concat([ascii("RF64"), bytes32(0xffffffff), ascii("WAVE"), longSizes, wave.subarray(12)])],
	["AIFF", writeAiff(data, { channels: 2, bits: 24 })],
	["AIFF-C", writeAiff(data, { channels: 2, bits: 16, compression: "sowt", soundFirst: true })],
	["CAF", writeCaf(data, { channels: 2, bits: 16, flags: 2, after: [data.subarray(0, 50)] })],
];

test.each(files)(
	`${SEEDS} damaged headers end in audio no longer than the file or in a LooperError: %s`,
	async (_name, file) => {
		const faults: string[] = [];
		const outcomes = { audio: 0, error: 0 };
		for (let seed = 1; seed <= SEEDS; seed++) {
			const bytes = mutate(file, seededRandom(seed));
			try {
				const { samples, format } = await decodeAll(openDecoder(forgetfulSource(bytes), decodeContext()));
				outcomes.audio++;
				if (samples.length === 0 || samples.length > bytes.length)
					faults.push(`seed ${seed}: ${samples.length} samples`);
				if (samples.length !== format.frames * format.channels)
					faults.push(`seed ${seed}: not ${format.frames} frames`);
			} catch (error) {
				outcomes.error++;
				if (!(error instanceof LooperError)) faults.push(`seed ${seed}: ${String(error)}`);
			}
		}
		expect(faults).toEqual([]);
		expect(outcomes.audio).toBeGreaterThan(SEEDS / 20);
		expect(outcomes.error).toBeGreaterThan(SEEDS / 20);
	},
);

test.each(files)(
	"a file that became shorter than announced plays what is left or ends in a LooperError: %s",
	async (_name, file) => {
		const whole = (await decodeAll(openDecoder(forgetfulSource(file), decodeContext()))).samples.length;
		for (let length = 0; length < file.length; length += length < 2 * HEADER_BYTES ? 1 : 101) {
			const source = shrinkingSource(file);
			source.cut(length);
			const isSound = await decodeAll(openDecoder(source, decodeContext())).then(
				({ samples, warnings }) => samples.length < length && warnings.length === (samples.length < whole ? 1 : 0),
				(error: unknown) => error instanceof LooperError,
			);
			expect([length, isSound]).toEqual([length, true]);
		}
	},
);
