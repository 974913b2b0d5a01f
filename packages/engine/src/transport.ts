import { checkMoment, checkNumber } from "./check-arguments.ts";
import { type CommandOutlet, sender } from "./playback/command-outlet.ts";
import type { TransportParameters } from "./playback/parameter-groups.ts";
import { ParameterSet } from "./playback/parameter-set.ts";
import type { TimingOptions } from "./protocol/engine-types.ts";
import { MAX_BEAT, MAX_BEATS } from "./protocol/parameters.ts";
import { IMMEDIATELY } from "./rings/moment.ts";
import type { TransportStatus } from "./rings/status-block.ts";
import { framesFromBeats } from "./time.ts";

/** What a performer does with the transport. Thread: control. */
interface TransportActions {
	/**
	 * Starts it, in the next block or at the moment of the options, at the beat last moved to, at first 0. It does nothing while it runs.
	 * A press that starts a pad starts it, too. While the engine is suspended the last of `start` and `stop` is kept.
	 *
	 * @throws RangeError or TypeError for wrong options; LooperError `ring-full`, `not-running` or `closed`.
	 */
	start(options?: TimingOptions): void;
	/** Stops it, and cancels what waits for a line. It goes back to the beat last moved to. @throws as `start`. */
	stop(options?: TimingOptions): void;
	/** Moves it to a beat, 0..10^9; what waits for a line goes to the next one from there. @throws as `start`. */
	moveTo(beat: number, options?: TimingOptions): void;
	/** Shifts it by so many beats, -4096..4096, but not before 0: what waits keeps its line. @throws as `start`. */
	nudge(beats: number, options?: TimingOptions): void;
	/** Sets several parameters, all at one moment. @throws as `Pad.set`. */
	set(values: Partial<TransportParameters>, options?: TimingOptions): void;
	/**
	 * The frame of a beat, as things stand in the newest block: in front of 0 where the beat lies that far back.
	 *
	 * @param beat - 0..10^9; @returns null while the transport stands still
	 * @throws RangeError
	 */
	frameOfBeat(beat: number): number | null;
	/** The beat of a frame, 0..2^53 - 1, as things stand in the newest block; 0 before `run`. @throws RangeError */
	beatOfFrame(frame: number): number;
}

/** Tempo and position. */
export type Transport = TransportActions & TransportParameters;

/** Where a transport is now. */
export interface TransportPosition extends TransportStatus {
	readonly sampleRate: number;
	/** Frames rendered. */
	readonly frame: number;
}

/**
 * Makes the transport.
 *
 * @param position - null while no audio thread exists; @param onStop - called after a stop that takes effect at once has been sent
 */
export function createTransport(
	outlet: CommandOutlet,
	position: () => TransportPosition | null,
	onStop: () => void,
): { readonly transport: Transport; readonly parameters: ParameterSet<TransportParameters> } {
	const parameters = new ParameterSet<TransportParameters>("transport", 0, outlet);
	const send = sender(outlet);
	const actions: TransportActions = {
		start: (options) => send(options, (writer, moment) => writer.startTransport(moment)),
		stop(options) {
			send(options, (writer, moment) => writer.stopTransport(moment));
			if (checkMoment(options) === IMMEDIATELY) onStop();
		},
		moveTo(beat, options) {
			checkBeat(beat);
			send(options, (writer, moment) => writer.moveTransport(beat, moment));
		},
		nudge(beats, options) {
			checkNumber("beats", beats, -MAX_BEATS, MAX_BEATS);
			send(options, (writer, moment) => writer.nudgeTransport(beats, moment));
		},
		set: (values, options) => parameters.set(values, checkMoment(options)),
		frameOfBeat(beat) {
			checkBeat(beat);
			const now = position();
			if (now === null || !now.isRunning) return null;
			// The kernel's own steps, so that it is the very frame.
			return now.anchorFrame + Math.floor(framesFromBeats(beat - now.anchorBeat, now.tempo, now.sampleRate) + 0.5);
		},
		beatOfFrame(frame) {
			checkNumber("frame", frame, 0, Number.MAX_SAFE_INTEGER);
			const now = position();
			if (now === null) return 0;
			if (!now.isRunning) return now.anchorBeat;
			return now.anchorBeat + ((frame - now.anchorFrame) * now.tempo) / (60 * now.sampleRate);
		},
	};
	return { transport: parameters.defineOn(actions), parameters };
}

function checkBeat(beat: number): void {
	checkNumber("beat", beat, 0, MAX_BEAT);
}
