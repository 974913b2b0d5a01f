import { expect, test } from "vitest";
import { type DecodedFile, decodeAll, decodeContext } from "../../test/decoding.ts";
import {
	concat,
	convertWithFfmpeg,
	firstDifference,
	music,
	randomBytes,
	seededRandom,
	writeWave,
} from "../../test/fixtures.ts";
import { writeStreamInWave } from "../../test/iff-writer.ts";
import { loaderModule } from "../../test/loader-module.ts";
import { sealOggPage, splitOggPages } from "../../test/ogg-fixtures.ts";
import { LooperError } from "../errors.ts";
import { memorySource } from "../source/byte-source.ts";
import { openDecoder } from "./open-decoder.ts";

const SEEDS = 75;

const wave = writeWave(music(12_000, 44_100, 2), { sampleRate: 44_100, channels: 2, extensible: true });
const convert = (to: string, ...args: readonly string[]) => convertWithFfmpeg(wave, { from: "wav", to, args });
const vorbis = convert("ogg", "-c:a", "libvorbis", "-page_duration", "50000");
const opus = convert("ogg", "-c:a", "libopus", "-page_duration", "50000");

const inWave = (tag: number, stream: Uint8Array) => writeStreamInWave(stream, { tag, channels: 2, sampleRate: 44_100 });

/** Two links of different rates. */
const chained = (codec: string) =>
	concat([
		convert("ogg", "-c:a", codec, "-page_duration", "50000"),
		convert("ogg", "-c:a", codec, "-page_duration", "50000", "-ar", "32000", "-ac", "1"),
	]);

type Random = () => number;
type Mutation = (bytes: Uint8Array, random: Random) => Uint8Array;

const below = (limit: number, random: Random) => Math.floor(random() * limit);

/** Damage by disks, transmission and attackers. */
const mutations: readonly Mutation[] = [
	function flipBits(bytes, random) {
		const copy = bytes.slice();
		for (let count = 1 + below(40, random); count > 0; count--)
			copy[below(copy.length, random)]! ^= 1 << below(8, random);
		return copy;
	},
	function changeHead(bytes, random) {
		const copy = bytes.slice();
		for (let count = 1 + below(4, random); count > 0; count--) {
			copy[below(Math.min(copy.length, 200), random)] = [0, 0x7f, 0x80, 0xff][below(4, random)]!;
		}
		return copy;
	},
	(bytes, random) => bytes.subarray(0, below(bytes.length, random)),
	(bytes, random) => bytes.subarray(below(Math.min(bytes.length, 3_000), random)),
	function remove(bytes, random) {
		const start = below(bytes.length, random);
		return concat([bytes.subarray(0, start), bytes.subarray(start + below(2_000, random))]);
	},
	function insert(bytes, random) {
		const start = below(bytes.length, random);
		return concat([bytes.subarray(0, start), randomBytes(below(2_000, random), random), bytes.subarray(start)]);
	},
	function overwrite(bytes, random) {
		const copy = bytes.slice();
		const start = below(copy.length, random);
		copy.set(randomBytes(below(Math.min(2_000, copy.length - start), random), random), start);
		return copy;
	},
	function repeat(bytes, random) {
		const start = below(bytes.length, random);
		return concat([bytes.subarray(0, start), bytes.subarray(below(start + 1, random))]);
	},
];

const mutate: Mutation = (bytes, random) => mutations[below(mutations.length, random)]!(bytes, random);

/** Damage inside pages with corrected CRCs, so that it reaches the decoder. */
const mutateSealed: Mutation = (bytes, random) => {
	const pages = splitOggPages(bytes);
	const index = below(pages.length, random);
	const page = pages[index]!;
	for (let count = 1 + below(20, random); count > 0; count--) {
		const body = 27 + page[26]!;
		page[body + below(page.length - body, random)] = below(256, random);
	}
	pages[index] = sealOggPage(page);
	return concat(pages);
};

test.each<[string, Uint8Array, Mutation]>([
	["WAV", wave, mutate],
	["MP3 of constant bitrate", convert("mp3", "-b:a", "128k"), mutate],
	["MP3 of variable bitrate", convert("mp3", "-q:a", "4", "-id3v2_version", "0"), mutate],
	["MP3 in WAV", inWave(0x55, convert("mp3", "-b:a", "128k", "-id3v2_version", "0")), mutate],
	["Ogg Vorbis", vorbis, mutate],
	["Ogg Vorbis in WAV", inWave(0x674f, vorbis), mutate],
	["Ogg Vorbis with valid CRCs", vorbis, mutateSealed],
	["chained Ogg Vorbis", chained("libvorbis"), mutate],
	["Ogg Opus", opus, mutate],
	["Ogg Opus with valid CRCs", opus, mutateSealed],
	["Ogg FLAC", convert("oga", "-c:a", "flac", "-page_duration", "50000"), mutate],
	["chained Ogg FLAC", chained("flac"), mutate],
	["FLAC that begins in mid-stream", convert("flac").subarray(10_000), mutate],
	["WebM Opus", convert("webm", "-c:a", "libopus", "-cluster_time_limit", "100"), mutate],
])(
	`${SEEDS} damaged files end in audio or a LooperError and do not affect the next file: %s`,
	async (_name, file, damage) => {
		const decode = (bytes: Uint8Array) => decodeAll(openDecoder(memorySource(bytes), decodeContext({ loaderModule })));
		const good = (await decode(file)).samples;
		const faults: string[] = [];
		for (let seed = 1; seed <= SEEDS; seed++) {
			const fault = await decode(damage(file, seededRandom(seed))).then(wildSample, unexpectedError);
			if (fault !== null) faults.push(`seed ${seed}: ${fault}`);
			if (seed % 15 > 0) continue;
			const difference = firstDifference((await decode(file)).samples, good);
			if (difference !== null) faults.push(`after seed ${seed}: ${difference}`);
		}
		expect(faults).toEqual([]);
	},
);

/** Undetectable damage may be as loud as a recording scaled to 16-bit integers. */
function wildSample({ samples }: DecodedFile): string | null {
	const index = samples.findIndex((sample) => !(Math.abs(sample) <= 2 ** 16));
	return index < 0 ? null : `sample ${index} is ${samples[index]}`;
}

function unexpectedError(error: unknown): string | null {
	return error instanceof LooperError ? null : String(error);
}
