import { checkInteger, checkObject, mustBe } from "./check-arguments.ts";
import { checkKnown } from "./check-known.ts";
import { emptyPad, ringFull } from "./errors.ts";
import type { LoopRegion, PadParameters } from "./playback/parameter-groups.ts";
import { MIN_BEATS } from "./protocol/parameters.ts";
import { CONTROL_RING_COMMANDS } from "./protocol/shared-memory.ts";
import type { RunningEngine } from "./running-engine.ts";

/** How a pad's region is cut. One of `parts` and `atFrames` must be given. */
export interface ChopOptions {
	/** So many equal parts. */
	readonly parts?: number;
	/** Frames of the source file inside the region, ascending: each begins another part. */
	readonly atFrames?: readonly number[];
	/** The first pad that a part is put on; the others follow. Default: the one behind the pad. */
	readonly onto?: number;
}

/** What a chop reads of a pad, and sets. */
interface ChoppedPad extends Pick<PadParameters, "loopRegion" | "lengthBeats"> {
	set(values: Partial<PadParameters>): void;
}

/** What a chop works on. */
export interface ChopTools {
	readonly running: Pick<RunningEngine, "publisher" | "port">;
	readonly pads: number;
	readonly pad: (id: number) => ChoppedPad;
	/** Ends a pad's live load. */
	readonly cancelLoad: (id: number) => void;
}

/** Commands per part: its sample, the two points of its region, its length in beats. */
const COMMANDS_PER_PART = 4;

/**
 * Puts the parts of a pad's region onto the pads that follow, which play the same PCM, each its own region.
 *
 * @returns the pads, in the order of the parts.
 * @throws RangeError or TypeError for wrong options; LooperError `empty-pad`, `out-of-memory` or `ring-full`. Nothing has changed then.
 */
export function chopPad(id: number, options: ChopOptions, tools: ChopTools): number[] {
	const { running, pads, pad, cancelLoad } = tools;
	checkObject("options", options);
	checkKnown(options, { parts: true, atFrames: true, onto: true });
	const published = running.publisher.published(id);
	if (published === null) throw emptyPad(id);
	const region = playedRegion(pad(id).loopRegion, published.info.source.frames);
	const regions = regionsOf(region, options);
	checkLengths(regions, published.command.ratio ?? 1);
	const onto = checkPads(id, { onto: options.onto, parts: regions.length, pads });
	if (!running.port.hasRoomFor(COMMANDS_PER_PART * regions.length, false)) throw ringFull(CONTROL_RING_COMMANDS);
	const beatsPerFrame = pad(id).lengthBeats / (region.endFrame - region.startFrame);
	return regions.map((part, index) => {
		const target = onto + index;
		cancelLoad(target);
		if (!running.publisher.copy(id, target)) throw ringFull(CONTROL_RING_COMMANDS);
		const beats = beatsPerFrame * (part.endFrame - part.startFrame);
		pad(target).set({ loopRegion: part, lengthBeats: beats < MIN_BEATS ? 0 : beats });
		return target;
	});
}

/** @param ratio - frames of the engine per frame of the source file; @throws RangeError when a part is too short to be played */
function checkLengths(regions: readonly LoopRegion[], ratio: number): void {
	// As the kernel counts: what has no whole frame is the whole sample.
	const index = regions.findIndex(({ startFrame, endFrame }) => !(endFrame * ratio - startFrame * ratio >= 1));
	const short = regions[index];
	if (short === undefined) return;
	const length = `from frame ${short.startFrame} to ${short.endFrame}, less than one frame of the engine`;
	throw new RangeError(`Part ${index} would be ${length}. Cut fewer parts, or a longer region.`);
}

/** @returns the first pad of the parts. @throws RangeError when there are not so many pads, or the pad itself is one of them */
function checkPads(
	id: number,
	{ onto, parts, pads }: { readonly onto: number | undefined; readonly parts: number; readonly pads: number },
): number {
	const first = onto ?? id + 1;
	if (onto === undefined ? first + parts > pads : parts > pads) {
		const room = onto === undefined ? `behind pad ${id} there are ${pads - first}` : `there are ${pads}`;
		throw new RangeError(
			`${parts} parts need as many pads, but ${room}. Cut fewer parts, or name the first pad with onto.`,
		);
	}
	checkInteger("onto", first, 0, pads - parts);
	if (first <= id && id < first + parts)
		throw new RangeError(mustBe("onto", `a pad from which ${parts} do not reach the pad itself`, first));
	return first;
}

/** What is left of a region in a sample of so many frames; the whole sample when nothing is. */
function playedRegion(region: LoopRegion | null, frames: number): LoopRegion {
	const startFrame = region?.startFrame ?? 0;
	const endFrame = Math.min(region?.endFrame ?? frames, frames);
	return startFrame < endFrame ? { startFrame, endFrame } : { startFrame: 0, endFrame: frames };
}

/** The parts of a region. @throws RangeError or TypeError */
function regionsOf(region: LoopRegion, { parts, atFrames }: ChopOptions): LoopRegion[] {
	const { startFrame, endFrame } = region;
	if ((parts === undefined) === (atFrames === undefined))
		throw new TypeError("Give chop() either parts, how many there are, or atFrames, where they begin.");
	if (parts !== undefined) {
		checkInteger("parts", parts, 1, 256);
		const at = (part: number): number => startFrame + ((endFrame - startFrame) * part) / parts;
		return Array.from({ length: parts }, (_, part) => ({ startFrame: at(part), endFrame: at(part + 1) }));
	}
	if (!Array.isArray(atFrames)) throw new TypeError(mustBe("atFrames", "a list of frames", atFrames));
	const points = [startFrame, ...atFrames, endFrame];
	for (const [index, frame] of atFrames.entries()) {
		const isInside = typeof frame === "number" && frame > (points[index] ?? 0) && frame < endFrame;
		if (!isInside) {
			const wanted = `a number above ${points[index]} and below ${endFrame}`;
			throw new RangeError(mustBe(`atFrames[${index}]`, wanted, frame));
		}
	}
	return points.slice(1).map((point, index) => ({ startFrame: points[index] ?? 0, endFrame: point }));
}
