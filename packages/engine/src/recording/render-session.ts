import type { Host } from "../host.ts";
import type { AudioEngineOptions } from "../protocol/engine-types.ts";
import type { Session } from "./session.ts";
import { type FindSource, SessionEngine } from "./session-engine.ts";

/** How a session is rendered; nothing here changes a sample of it. */
export interface RenderSessionOptions
	extends Pick<
		AudioEngineOptions,
		"blockFrames" | "loaderThreads" | "memoryBudget" | "cache" | "transport" | "assets"
	> {
	/** Frames of each piece but the last, 1 or more. Default 65,536. */
	readonly pieceFrames?: number;
}

const PIECE_FRAMES = 65_536;

/**
 * Renders a session piece by piece: the very samples that were played live.
 *
 * Thread: control.
 * @param findSource - gives each sample's file when the session comes to it
 * @returns left and right of each piece, fresh arrays; samples are loaded and dropped as the session goes.
 * @throws LooperError as `loadSample` does, and `sample-differs`; RangeError or TypeError for wrong options.
 */
export async function* renderSessionOn(
	host: Host,
	session: Session,
	findSource: FindSource,
	options: RenderSessionOptions,
): AsyncGenerator<[Float32Array, Float32Array], void, undefined> {
	const { pieceFrames = PIECE_FRAMES, ...engineOptions } = options;
	if (!Number.isInteger(pieceFrames) || pieceFrames < 1)
		throw new RangeError(`pieceFrames must be a whole number from 1, not ${String(pieceFrames)}`);
	const engine = new SessionEngine(host, session, findSource, { ...engineOptions, output: "offline" });
	try {
		await engine.run();
		await engine.restore();
		let done = 0;
		for (let frame = 0; frame < session.frames; ) {
			const frames = Math.min(pieceFrames, session.frames - frame);
			const left = new Float32Array(frames);
			const right = new Float32Array(frames);
			for (let offset = 0; offset < frames; ) {
				for (; session.commands[done]?.frame === frame + offset; done++) {
					const command = session.commands[done];
					if (command !== undefined) await engine.apply(command);
				}
				const next = session.commands[done]?.frame ?? session.frames;
				const run = engine.renderOffline(Math.min(next - frame, frames) - offset);
				left.set(run[0], offset);
				right.set(run[1], offset);
				offset += run[0].length;
			}
			yield [left, right];
			frame += frames;
		}
	} finally {
		await engine.shutDown();
	}
}
