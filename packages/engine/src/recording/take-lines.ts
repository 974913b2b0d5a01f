import { LooperError } from "../errors.ts";
import { MAX_BEAT } from "../protocol/parameters.ts";
import type { Transport, TransportPosition } from "../transport.ts";
import type { PlannedSpan } from "./take-timing.ts";

/** A take that starts on a line nearer than this might start late. */
const NOTICE_SECONDS = 0.03;
/** A start nearer than this is not moved any more: the newest block may be older than it looks. */
const SETTLED_SECONDS = 0.1;

/** A take that ends by itself. */
export interface TakePlan {
	readonly beats: number;
	/** The frame that it begins with, that of the next block where it has passed; null for the next first beat of a bar. */
	readonly atFrame: number | null;
}

/** Where the transport is, and how it counts. */
export interface TakeClock {
	readonly transport: Pick<Transport, "beatOfFrame" | "frameOfBeat" | "beatsPerBar">;
	/** Null while no audio thread exists. */
	readonly position: () => TransportPosition | null;
}

/** Where a take ends: its frame, and whether that has been rendered. */
export interface TakeEnd {
	readonly atFrame: number;
	readonly isPassed: boolean;
}

/**
 * The frames of a take of so many beats, from a frame or from the next first beat of a bar on.
 *
 * @throws LooperError `not-running` while the transport stands still; RangeError behind its last beat.
 */
export function spanOfBars({ beats, atFrame }: TakePlan, clock: TakeClock): PlannedSpan {
	const { frame, sampleRate } = runningPosition(clock);
	const { transport } = clock;
	if (atFrame !== null) return spanFrom(Math.max(atFrame, frame), beats, clock);
	const barBeats = transport.beatsPerBar;
	const noticed = transport.beatOfFrame(frame + Math.ceil(NOTICE_SECONDS * sampleRate));
	const startBeat = Math.ceil(noticed / barBeats) * barBeats;
	return { atFrame: frameOf(startBeat, clock), endFrame: frameOf(startBeat + beats, clock) };
}

/**
 * The frames of a planned take after the transport may have changed: its bar lies elsewhere until it has begun, and its length is that of
 * the tempo that it begins with.
 *
 * @param span - as it was told before; @param begunFrame - the frame that it has begun with, null where that is not known
 */
export function followedSpan(
	plan: TakePlan,
	{ span, begunFrame }: { readonly span: PlannedSpan; readonly begunFrame: number | null },
	clock: TakeClock,
): PlannedSpan {
	const position = clock.position();
	const start = begunFrame ?? span.atFrame;
	const kept = { atFrame: start, endFrame: start + span.endFrame - span.atFrame };
	if (position?.isRunning !== true) return kept;
	const { frame, sampleRate, anchorFrame } = position;
	const isSettled = begunFrame !== null || span.atFrame <= frame + SETTLED_SECONDS * sampleRate;
	if (plan.atFrame === null && !isSettled) return spanOfBars(plan, clock);
	// An anchor behind its start is that of a later change.
	return anchorFrame > start ? kept : spanFrom(start, plan.beats, clock);
}

function spanFrom(atFrame: number, beats: number, clock: TakeClock): PlannedSpan {
	return { atFrame, endFrame: frameOf(clock.transport.beatOfFrame(atFrame) + beats, clock) };
}

/**
 * The line of a quantum that is nearest to the newest block, but behind the first frame of the take.
 *
 * @throws LooperError `not-running` while the transport stands still; RangeError behind its last beat.
 */
export function nearestEnd(quantum: number, startFrame: number | null, clock: TakeClock): TakeEnd {
	const { frame } = runningPosition(clock);
	const line = Math.round(clock.transport.beatOfFrame(frame) / quantum);
	const nearest = frameOf(Math.max(line, 0) * quantum, clock);
	const atFrame = nearest > (startFrame ?? frame) ? nearest : frameOf((Math.max(line, 0) + 1) * quantum, clock);
	return { atFrame, isPassed: atFrame <= frame };
}

function runningPosition(clock: TakeClock): TransportPosition {
	const position = clock.position();
	if (position?.isRunning === true) return position;
	throw new LooperError(
		"not-running",
		"The transport stands still. Call transport.start() before recording by its lines.",
	);
}

/** @throws RangeError behind the last beat. */
function frameOf(beat: number, { transport }: TakeClock): number {
	if (beat <= MAX_BEAT) return Math.max(transport.frameOfBeat(beat) ?? 0, 0);
	const message = `The recording would need beat ${beat} of the transport, but the last one is ${MAX_BEAT}.`;
	throw new RangeError(`${message} Move it back with transport.moveTo().`);
}
