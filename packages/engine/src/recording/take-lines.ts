import { LooperError } from "../errors.ts";
import type { Transport, TransportPosition } from "../transport.ts";
import type { TakeSpan } from "./recorder.ts";

/** A take that starts on a line nearer than this might start late. */
const NOTICE_SECONDS = 0.03;

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
 * The frames of a take of so many bars, from a frame or from the next first beat of a bar on.
 *
 * @throws LooperError `not-running` while the transport stands still.
 */
export function spanOfBars(bars: number, atFrame: number | null, clock: TakeClock): TakeSpan {
	const { frame, sampleRate } = runningPosition(clock);
	const { transport } = clock;
	const barBeats = transport.beatsPerBar;
	const noticed = transport.beatOfFrame(frame + Math.ceil(NOTICE_SECONDS * sampleRate));
	const startBeat = atFrame === null ? Math.ceil(noticed / barBeats) * barBeats : transport.beatOfFrame(atFrame);
	const endFrame = frameOf(startBeat + bars * barBeats, clock);
	return { atFrame: atFrame ?? frameOf(startBeat, clock), endFrame };
}

/**
 * The line of a quantum that is nearest to the newest block, but behind the first frame of the take.
 *
 * @throws LooperError `not-running` while the transport stands still.
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

function frameOf(beat: number, { transport }: TakeClock): number {
	return Math.max(transport.frameOfBeat(beat) ?? 0, 0);
}
