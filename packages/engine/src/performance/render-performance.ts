import { checkInteger } from "../check-arguments.ts";
import type { Host } from "../host.ts";
import type { AudioEngineOptions } from "../protocol/engine-types.ts";
import type { OwnedFloats } from "../protocol/platform-types.ts";
import { checkPerformance } from "./check-performance.ts";
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
 * Renders a performance piece by piece: the very samples that were played live. A caller that leaves early need not wait for the rest of a
 * pre-roll.
 *
 * Thread: control.
 * @param findSource - gives each sample's file when the performance comes to it
 * @returns left and right of each piece, fresh arrays; samples are loaded and dropped as the performance goes.
 * @throws LooperError as `loadSample` does, and `sample-differs`; RangeError or TypeError for wrong arguments.
 */
export function renderPerformanceOn(
	host: Host,
	performance: Performance,
	findSource: FindSource,
	options: RenderPerformanceOptions,
): AsyncGenerator<[OwnedFloats, OwnedFloats], void, undefined> {
	let isLeft = false;
	const pieces = renderPieces(host, performance, { findSource, options, isLeft: () => isLeft });
	// A generator learns of its end only where it yields, and nothing of a pre-roll is handed out.
	const leave = pieces.return.bind(pieces);
	pieces.return = (value) => {
		isLeft = true;
		return leave(value);
	};
	return pieces;
}

/** How a performance is rendered. */
interface Rendering {
	readonly findSource: FindSource;
	readonly options: RenderPerformanceOptions;
	/** Whether the caller wants no more. */
	readonly isLeft: () => boolean;
}

async function* renderPieces(
	host: Host,
	performance: Performance,
	{ findSource, options, isLeft }: Rendering,
): AsyncGenerator<[OwnedFloats, OwnedFloats], void, undefined> {
	checkPerformance(performance);
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
		for (let frame = 0; frame < end && !isLeft(); ) {
			const isHeard = frame >= preRollFrames;
			const length = isHeard
				? Math.min(pieceFrames, end - frame)
				: Math.min(pieceFrames, PIECE_FRAMES, preRollFrames - frame);
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
			// The thread's other work goes on during a long pre-roll, and the caller may leave.
			else await new Promise<void>((resolve) => host.after(0, resolve));
			frame += length;
		}
	} finally {
		await engine.shutDown();
	}
}
