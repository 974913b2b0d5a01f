import type { Instrument } from "./instrument.ts";

/**
 * Reports what the system says about the output to the instrument: lost and changed devices.
 *
 * @param output - the node that the engine sounds through
 * @returns ends it
 */
export function watchOutput(instrument: Instrument, output: AudioNode): () => void {
	const ending = new AbortController();
	const { signal } = ending;
	const { context } = output;
	const lost = (): void => instrument.hearOfOutput("The sound output was lost: plug it in again or choose another");
	const changed = (): void => instrument.hearOfOutput("The sound output changed");
	const devicesChanged = (): void => instrument.hearOfOutput("The system's audio devices changed");
	context.addEventListener("error", lost, { signal });
	context.addEventListener("sinkchange", changed, { signal });
	// Only secure pages have media devices.
	navigator.mediaDevices?.addEventListener("devicechange", devicesChanged, { signal });
	return () => ending.abort();
}
