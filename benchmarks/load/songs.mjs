// The files of the loading benchmarks: three minutes of stereo at 44.1 kHz, all different, in every format.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SAMPLE_RATE = 44_100;
const SECONDS = 180;

/** @type {Readonly<Record<string, readonly string[]>>} */
export const FORMATS = {
	wav: ["-c:a", "pcm_s16le"],
	flac: ["-c:a", "flac"],
	mp3: ["-c:a", "libmp3lame", "-b:a", "192k"],
	ogg: ["-c:a", "libvorbis", "-q:a", "5"],
	opus: ["-c:a", "libopus", "-b:a", "128k"],
};

/** A unique tune with beats, chords and noise. @param {number} seed */
function tune(seed) {
	const samples = new Int16Array(2 * SECONDS * SAMPLE_RATE);
	let state = seed * 2_654_435_761 || 1;
	for (let frame = 0; frame < SECONDS * SAMPLE_RATE; frame++) {
		const seconds = frame / SAMPLE_RATE;
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
		const noise = state / 2 ** 31;
		const beat = Math.exp(-10 * (seconds % 0.5));
		const note = 110 * 2 ** ((Math.floor(seconds / 2 + seed) % 12) / 12);
		const chord = Math.sin(2 * Math.PI * note * seconds) + 0.5 * Math.sin(3 * Math.PI * note * seconds);
		samples[2 * frame] = 9_000 * chord + 7_000 * beat * noise;
		samples[2 * frame + 1] = 9_000 * chord * Math.cos(seconds + seed) + 6_000 * beat * noise;
	}
	return new Uint8Array(samples.buffer);
}

/**
 * Creates the songs in a temporary folder.
 *
 * @param {number} count - songs per format
 * @param {readonly string[]} formats - keys of FORMATS
 * @returns {{ files: Record<string, string[]>, remove(): void }}
 */
export function makeSongs(count, formats) {
	const folder = mkdtempSync(join(tmpdir(), "flitzis-looper-songs-"));
	/** @type {Record<string, string[]>} */
	const files = Object.fromEntries(formats.map((format) => [format, []]));
	for (let song = 0; song < count; song++) {
		const raw = join(folder, "song.raw");
		writeFileSync(raw, tune(song + 1));
		const outputs = formats.flatMap((format) => {
			const file = join(folder, `song-${song}.${format}`);
			files[format]?.push(file);
			return [...(FORMATS[format] ?? []), file];
		});
		const input = ["-f", "s16le", "-ar", String(SAMPLE_RATE), "-ac", "2", "-i", raw];
		execFileSync("ffmpeg", ["-v", "error", "-y", ...input, ...outputs]);
		rmSync(raw);
	}
	return { files, remove: () => rmSync(folder, { recursive: true }) };
}

/** @param {readonly number[]} values */
export function median(values) {
	return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
