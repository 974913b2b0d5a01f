import { checkInteger } from "../check-arguments.ts";
import type { Host } from "../host.ts";
import type { AudioEngineOptions } from "../protocol/engine-types.ts";
import type { Performance } from "./performance.ts";
import { type FindSource, PerformancePlayer } from "./performance-player.ts";

/** How a performance is rendered; nothing here changes a sample of it. */
export interface RenderPerformanceOptions
	extends Pick<
		AudioEngineOptions,
		"blockFrames" | "loaderThreads" | "memoryBudget" | "cache" | "threading" | "assets"
	> {
	/** Frames of each piece but the last, 1 or more. Default 65,536. */
	readonly pieceFrames?: number;
}

const PIECE_FRAMES = 65_536;

/**
 * Renders a performance piece by piece: the very samples that were played live.
 *
 * Thread: control.
 * @param findSource - gives each sample's file when the performance comes to it
 * @returns left and right of each piece, fresh arrays; samples are loaded and dropped as the performance goes.
 * @throws LooperError as `loadSample` does, and `sample-differs`; RangeError or TypeError for wrong options.
 */
export async function* renderPerformanceOn(
	host: Host,
	performance: Performance,
	findSource: FindSource,
	options: RenderPerformanceOptions,
): AsyncGenerator<[Float32Array, Float32Array], void, undefined> {
	const { pieceFrames = PIECE_FRAMES, ...engineOptions } = options;
	checkInteger("pieceFrames", pieceFrames, 1, Number.MAX_SAFE_INTEGER);
	const player = new PerformancePlayer(host, performance, findSource, { ...engineOptions, output: "offline" });
	const { engine } = player;
	try {
		await engine.run();
		await player.prepare();
		const { preRollFrames, frames, commands } = performance;
		const end = preRollFrames + frames;
		let done = 0;
		for (let frame = 0; frame < end; ) {
			const isHeard = frame >= preRollFrames;
			const length = Math.min(pieceFrames, (isHeard ? end : preRollFrames) - frame);
			const left = new Float32Array(length);
			const right = new Float32Array(length);
			for (let offset = 0; offset < length; ) {
				for (; commands[done]?.frame === frame + offset; done++) {
					const command = commands[done];
					if (command !== undefined) await player.apply(command);
				}
				const next = commands[done]?.frame ?? end;
				const run = engine.renderOffline(Math.min(next - frame, length) - offset);
				left.set(run[0], offset);
				right.set(run[1], offset);
				offset += run[0].length;
			}
			if (isHeard) yield [left, right];
			// The thread's other work goes on during a long pre-roll.
			else await new Promise<void>((resolve) => host.after(0, resolve));
			frame += length;
		}
	} finally {
		await engine.shutDown();
	}
}
