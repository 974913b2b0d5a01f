import { claim, claimEqual, failureOf } from "./claims.ts";
import { type FormatCase, formatCases } from "./format-cases.ts";
import type { Stage, Suite, SuiteTest } from "./stage.ts";

/** Apple's ALAC configuration: 4,096 frames per packet, 16 bits, two channels, 48 kHz. */
const ALAC_COOKIE = Uint8Array.from(
	[
		[0, 0, 16, 0, 0, 16, 40, 10, 14, 2, 0, 0],
		[0, 0, 64, 4, 0, 0, 0, 0],
		[0, 0, 0xbb, 0x80],
	].flat(),
);

async function isDecodable(codec: string): Promise<boolean> {
	if (typeof AudioDecoder === "undefined") return false;
	const description = codec === "alac" ? { description: ALAC_COOKIE } : {};
	const config = { codec, sampleRate: 48_000, numberOfChannels: 2, ...description };
	const { supported = false } = await AudioDecoder.isConfigSupported(config);
	return supported;
}

/** RMS of the difference relative to the reference, in decibels. */
function differenceDecibels(channels: readonly Float32Array[], reference: Float32Array): number {
	let differenceEnergy = 0;
	let energy = 0;
	for (const [channel, samples] of channels.entries()) {
		for (const [frame, sample] of samples.entries()) {
			const expected = reference[2 * frame + channel]!;
			differenceEnergy += (sample - expected) ** 2;
			energy += expected ** 2;
		}
	}
	claim(energy > 0, "the reference sounds");
	return 10 * Math.log10(differenceEnergy / energy);
}

async function playsAsReference(stage: Stage, index: number, format: FormatCase): Promise<void> {
	const engine = await stage.offlineEngine();
	const info = await engine.loadSample(0, await stage.fetchFile(`formats/${index}`));
	const reference = new Float32Array((await stage.fetchFile(`formats/${index}/reference`)).buffer);
	const frames = format.isLengthKnown ? format.frames : reference.length / 2;
	claimEqual([info.source.format, info.frames], [format.name, frames], "format and frames");
	engine.playSample(0, 1);
	const decibels = differenceDecibels(engine.renderOffline(frames), reference);
	claim(decibels <= format.decibels, `${decibels} dB from ffmpeg`);
}

async function namesMissingCodec(stage: Stage, index: number, codec: string): Promise<void> {
	const engine = await stage.offlineEngine();
	const file = await stage.fetchFile(`formats/${index}`);
	const { code, message } = await failureOf(() => engine.loadSample(0, file));
	claimEqual(code, "unsupported-format", "code");
	const name = codec === "alac" ? "ALAC" : "AAC";
	const remedy = "Convert the file to WAV or FLAC, or use a browser that decodes it.";
	claimEqual(message, `This browser has no ${name} decoder (${codec}). ${remedy}`, "message");
}

function describe({ name, extendedAs, framing, parts }: FormatCase): string {
	if (extendedAs !== undefined) return `${name} with spectral band replication`;
	if (parts !== undefined) return `${name} with an edit list`;
	if (framing === undefined) return name;
	const { isMpeg2 = false, checksum = null, blocksPerFrame = 1 } = framing;
	const version = isMpeg2 ? "MPEG-2" : "MPEG-4";
	const checksums = checksum === null ? "no checksums" : "checksums";
	return `${name} in ${version} frames of ${blocksPerFrame} with ${checksums}`;
}

function formatTest(index: number, format: FormatCase): [name: string, SuiteTest] {
	const file = `${describe(format)} of ffmpeg (${format.args.join(" ")})`;
	const { platformCodec } = format;
	if (platformCodec === undefined) {
		const name = `${file} plays in full length and matches ffmpeg`;
		return [name, (stage) => playsAsReference(stage, index, format)];
	}
	return [
		`${file} matches ffmpeg, or its codec is named as missing`,
		async (stage) => {
			if (await isDecodable(platformCodec)) await playsAsReference(stage, index, format);
			else await namesMissingCodec(stage, index, platformCodec);
		},
	];
}

/** Tests of every family of formats. */
export const formats: Suite = Object.fromEntries(formatCases.map((format, index) => formatTest(index, format)));
