import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readCaseFolder } from "../cases/case-file.mjs";

/**
 * A file to damage.
 *
 * @typedef {object} SeedFile
 * @property {string} name
 * @property {string} family - the group in which its outcomes are counted
 * @property {Uint8Array} bytes
 * @property {boolean} isPlayable - false if it is rejected even undamaged
 */

const CASES = fileURLToPath(new URL("../../tests/cases", import.meta.url));

/** Every supported format: name, extension, ffmpeg options. @type {readonly (readonly [string, string, string])[]} */
const formats = [
	["wav-u8", "wav", "-c:a pcm_u8"],
	["wav-s16", "wav", "-c:a pcm_s16le -metadata title=tune"],
	["wav-s24", "wav", "-c:a pcm_s24le"],
	["wav-s32", "wav", "-c:a pcm_s32le"],
	["wav-f32", "wav", "-c:a pcm_f32le"],
	["wav-f64", "wav", "-c:a pcm_f64le"],
	["wav-alaw", "wav", "-c:a pcm_alaw"],
	["wav-mulaw", "wav", "-c:a pcm_mulaw"],
	["rf64", "wav", "-c:a pcm_s16le -rf64 always"],
	["aiff", "aiff", "-c:a pcm_s16be"],
	["aifc", "aiff", "-c:a pcm_s16le"],
	["caf", "caf", "-c:a pcm_s24be"],
	["caf-alac", "caf", "-c:a alac"],
	["flac", "flac", "-c:a flac"],
	["flac-24", "flac", "-c:a flac -sample_fmt s32 -compression_level 8"],
	["ogg-flac", "oga", "-c:a flac -page_duration 40000"],
	["mp3-cbr", "mp3", "-c:a libmp3lame -b:a 128k"],
	["mp3-vbr", "mp3", "-c:a libmp3lame -q:a 4 -id3v2_version 3 -metadata title=tune -write_id3v1 1"],
	["vorbis", "ogg", "-c:a libvorbis -page_duration 40000"],
	["opus", "opus", "-c:a libopus -page_duration 40000"],
	["webm", "webm", "-c:a libopus"],
	["mkv", "mka", "-c:a libopus"],
	["aac", "aac", "-c:a aac"],
	["m4a-aac", "m4a", "-c:a aac"],
	["m4a-aac-moov-first", "m4a", "-c:a aac -movflags +faststart"],
	["m4a-alac", "m4a", "-c:a alac"],
];

/** Two tones and some noise, deterministic. */
const SOUND =
	"aevalsrc=0.3*sin(2*PI*220*t*(1+t))+0.1*sin(2*PI*3000*t*t)|0.3*sin(2*PI*330*t)*exp(-3*t)+0.05*(random(0)-0.5):s=44100";

/**
 * Creates an undamaged file of every format with `ffmpeg`, stereo and mono.
 *
 * @param {number} seconds - length of each
 * @returns {SeedFile[]}
 */
export function makeSeedFiles(seconds) {
	const folder = mkdtempSync(join(tmpdir(), "flitzis-looper-fuzz-"));
	try {
		return formats.flatMap(([name, ending, options]) =>
			[1, 2].map((channels) => {
				const path = join(folder, `${name}-${channels}.${ending}`);
				const input = ["-f", "lavfi", "-i", SOUND, "-t", String(seconds), "-ac", String(channels)];
				const args = ["-nostdin", "-v", "error", ...input, ...options.split(" "), path];
				execFileSync("ffmpeg", args, { stdio: ["ignore", "ignore", "inherit"] });
				const bytes = new Uint8Array(readFileSync(path));
				return { name: channels === 1 ? `${name}-mono` : name, family: name, bytes, isPlayable: true };
			}),
		);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/**
 * Reads the files of all cases.
 *
 * @param {string} [parent] - the folder of all cases
 * @returns {SeedFile[]}
 * @throws {Error} if a case folder is invalid
 */
export function readCaseFiles(parent = CASES) {
	const entries = readdirSync(parent, { withFileTypes: true }).filter((entry) => entry.isDirectory());
	return entries.flatMap(({ name: family }) => {
		const { path, files, faults } = readCaseFolder(parent, family);
		if (faults.length > 0) throw new Error(`tests/cases/${family}: ${faults.join("; ")}`);
		return [...files].map(([file, { error }]) => ({
			name: `${family}-${file}`,
			family,
			bytes: new Uint8Array(readFileSync(join(path, file))),
			isPlayable: error === undefined,
		}));
	});
}
