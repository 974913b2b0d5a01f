import type { Recording } from "./analyze.ts";

/** Frames read at once: some milliseconds of work. */
const PIECE = 8192;

/**
 * All frames of a recording, the mean of their channels.
 *
 * Thread: analysis.
 *
 * @param pause - called before each piece with the share that is done; the work goes on when it settles
 */
export async function mixToMono(
	recording: Recording,
	pause: (done: number) => Promise<void>,
): Promise<Float32Array<ArrayBuffer>> {
	const { frames, channels } = recording;
	const mono = new Float32Array(frames);
	for (let first = 0; first < frames; first += PIECE) {
		await pause(first / frames);
		const piece = await recording.read(first, Math.min(PIECE, frames - first));
		if (channels === 1) mono.set(piece, first);
		else for (let at = 0; at < piece.length; at += 2) mono[first + at / 2] = (piece[at]! + piece[at + 1]!) / 2;
	}
	return mono;
}
