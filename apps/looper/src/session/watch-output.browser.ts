import type { EngineSession } from "./engine-session.ts";

/**
 * Tells the session what the system says about the output: interruptions, lost and changed devices.
 *
 * @param output - the node that the engine sounds through
 * @returns ends it
 */
export function watchOutput(session: EngineSession, output: AudioNode): () => void {
	const ending = new AbortController();
	const { signal } = ending;
	const { context } = output;
	const followContext = (): void => {
		if (context.state === "interrupted") {
			session.hear({ state: "interrupted", reason: "the system uses the sound output for something else" });
		}
	};
	const tell = (reason: string): void => session.hear({ state: session.sound.state, reason });
	context.addEventListener("statechange", followContext, { signal });
	context.addEventListener(
		"error",
		() => session.hear({ state: "interrupted", reason: "the output device was lost" }),
		{
			signal,
		},
	);
	context.addEventListener("sinkchange", () => tell("The output device changed"), { signal });
	// Only secure pages have media devices.
	navigator.mediaDevices?.addEventListener("devicechange", () => tell("The system's audio devices changed"), {
		signal,
	});
	return () => ending.abort();
}
