import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { convertWithFfmpeg, music, writeWave } from "./fixtures.ts";

/** The recording in an Opus file. */
export interface OpusRecording {
	readonly frames: number;
	/** Default 48 kHz. */
	readonly sampleRate?: number;
	readonly channels: number;
}

/** Encodes music with libopus into the container of a file extension. */
export function encodeOpus(
	recording: OpusRecording,
	extension: "opus" | "webm" | "mka",
	...args: readonly string[]
): Uint8Array<ArrayBuffer> {
	const { frames, sampleRate = 48_000, channels } = recording;
	const wave = writeWave(music(frames, sampleRate, channels), { sampleRate, channels });
	return convertWithFfmpeg(wave, { from: "wav", to: extension, args: ["-c:a", "libopus", ...args] });
}

/** Interleaved samples at 48 kHz of an Ogg Opus file, decoded by the reference decoder. */
export function decodeWithOpusdec(file: Uint8Array): Float32Array {
	const folder = mkdtempSync(join(tmpdir(), "looper-opus-"));
	try {
		const source = join(folder, "in.opus");
		const target = join(folder, "out.raw");
		writeFileSync(source, file);
		execFileSync("opusdec", ["--quiet", "--float", "--rate", "48000", source, target], { stdio: "pipe" });
		const bytes = new Uint8Array(readFileSync(target));
		return new Float32Array(bytes.buffer, 0, bytes.length >> 2);
	} finally {
		rmSync(folder, { recursive: true });
	}
}
