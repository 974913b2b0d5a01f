/**
 * Whether a pad's loop goes on, seen from the control thread: what was asked of the engine, until its status says so too.
 *
 * A loop can end without being stopped (its voice is taken by another, or a suspended engine forgets the hit), and then
 * the pad's next press must start it.
 */
export type LoopRun =
	| { readonly phase: "stopped" }
	| { readonly phase: "requested"; readonly silentPolls: number }
	| { readonly phase: "sounding" };

/** No loop. */
export const stoppedLoop: LoopRun = { phase: "stopped" };

/** A loop that was just asked for. */
export const requestedLoop: LoopRun = { phase: "requested", silentPolls: 0 };

/** Polls of a running engine after which a loop that is not heard was never started; a second and a half of frames, which outlasts an output's start. */
export const patiencePolls = 90;

/**
 * The loop after a look at the engine.
 *
 * @param voices - voices now sounding from the pad
 */
export function observeLoop(run: LoopRun, voices: number): LoopRun {
	if (run.phase === "stopped") return run;
	if (voices > 0) return { phase: "sounding" };
	if (run.phase === "sounding") return stoppedLoop;
	const silentPolls = run.silentPolls + 1;
	return silentPolls < patiencePolls ? { phase: "requested", silentPolls } : stoppedLoop;
}
