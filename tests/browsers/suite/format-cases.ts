import type { AdtsFraming } from "../../../packages/engine/test/adts-writer.ts";

/** A file written by ffmpeg that the browser must play. */
export interface FormatCase {
	/** The engine's name of the format. */
	readonly name: string;
	readonly extension: string;
	/** ffmpeg's name of the input format. */
	readonly readAs?: string;
	readonly args: readonly string[];
	/** Converts ffmpeg's output to HE-AAC by adding the upper half of the spectrum, in this container. */
	readonly extendedAs?: string;
	/** Repacks the packets in another kind of frame. */
	readonly framing?: AdtsFraming;
	/** Adds an edit list that plays these parts of ffmpeg's decode, in frames. */
	readonly parts?: readonly (readonly [from: number, to: number])[];
	/** Length of the source, whether or not the file declares it. */
	readonly frames: number;
	readonly isLengthKnown: boolean;
	/** Maximum RMS difference from ffmpeg's decode. */
	readonly decibels: number;
	/** WebCodecs name of a codec that only the platform decodes. */
	readonly platformCodec?: string;
}

const EXACT = Number.NEGATIVE_INFINITY;
const LOSSY = -90;
/** At the start of a run of packets, the replicated half of the spectrum differs from an unbroken decode. */
const EXTENDED = -60;
/** Longer than one call of a platform's decoder. */
const PLATFORM_FRAMES = 150_001;
const AAC = ["-c:a", "aac", "-aac_pns", "0"];

function own(name: string, extension: string, args: readonly string[], decibels: number): FormatCase {
	return { name, extension, args, frames: 20_001, isLengthKnown: true, decibels };
}

function ofPlatform(name: string, extension: string, args: readonly string[]): FormatCase {
	const [platformCodec, decibels] = name.startsWith("ALAC") ? ["alac", EXACT] : ["mp4a.40.2", LOSSY];
	return { name, extension, args, frames: PLATFORM_FRAMES, isLengthKnown: true, decibels, platformCodec };
}

/** Implicit HE-AAC: ffmpeg writes the lower half band at 24 kHz. */
function heAac(name: string, extendedAs: string, readAs: string): FormatCase {
	const args = [...AAC, "-ar", "24000", "-f", "adts"];
	return { ...ofPlatform(name, "adts", args), extendedAs, readAs, isLengthKnown: false, decibels: EXTENDED };
}

function framed(framing: AdtsFraming): FormatCase {
	return { ...ofPlatform("AAC", "adts", [...AAC, "-f", "adts"]), framing, readAs: "aac", isLengthKnown: false };
}

/** A gap, a repeat and a step back; every edge lies inside a packet. */
const PARTS = [
	[24_000, 72_000],
	[96_000, 120_000],
	[96_000, 120_000],
	[4_800, 14_400],
] as const;

function edited(name: string, args: readonly string[]): FormatCase {
	return { ...ofPlatform(name, "m4a", args), parts: PARTS, isLengthKnown: false };
}

/** Every family of formats, platform codecs last. */
export const formatCases: readonly FormatCase[] = [
	own("WAV", "wav", ["-c:a", "pcm_s24le"], EXACT),
	own("WAV", "wav", ["-c:a", "pcm_alaw"], EXACT),
	own("RF64", "wav", ["-rf64", "always"], EXACT),
	own("AIFF", "aiff", ["-c:a", "pcm_s24be"], EXACT),
	own("AIFF-C", "aiff", ["-c:a", "pcm_f32be"], EXACT),
	own("CAF", "caf", ["-c:a", "pcm_f64le"], EXACT),
	own("FLAC", "flac", ["-sample_fmt", "s32"], EXACT),
	own("MP3", "mp3", ["-b:a", "192k"], LOSSY),
	own("Ogg Vorbis", "ogg", ["-c:a", "libvorbis"], LOSSY),
	own("Ogg Opus", "opus", ["-c:a", "libopus", "-b:a", "192k"], LOSSY),
	own("WebM Opus", "webm", ["-c:a", "libopus", "-b:a", "192k"], LOSSY),
	own("Ogg FLAC", "oga", ["-c:a", "flac", "-sample_fmt", "s32"], EXACT),
	{ ...ofPlatform("AAC", "adts", [...AAC, "-f", "adts"]), readAs: "aac", isLengthKnown: false },
	ofPlatform("AAC in MP4", "m4a", AAC),
	ofPlatform("AAC in MP4", "m4a", [...AAC, "-movflags", "+faststart"]),
	framed({ isMpeg2: true }),
	framed({ checksum: 0 }),
	framed({ isMpeg2: true, checksum: 0xffff }),
	framed({ checksum: 0, blocksPerFrame: 4 }),
	framed({ isMpeg2: true, blocksPerFrame: 3 }),
	edited("AAC in MP4", AAC),
	edited("ALAC in MP4", ["-c:a", "alac"]),
	heAac("AAC", "adts", "aac"),
	heAac("AAC in MP4", "m4a", "m4a"),
	ofPlatform("ALAC in MP4", "m4a", ["-c:a", "alac"]),
	ofPlatform("ALAC in CAF", "caf", ["-c:a", "alac"]),
];
