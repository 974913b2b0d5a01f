import type { Sound } from "./sound.ts";

/**
 * Reports lost and changed output devices.
 *
 * @param output - the node the engine plays into
 * @returns a function that ends the watch
 */
export function watchOutput(sound: Sound, output: AudioNode): () => void {
	const ending = new AbortController();
	const { signal } = ending;
	const { context } = output;
	const lost = (): void => sound.followDevice("The audio output was lost: reconnect it or choose another");
	const changed = (): void => sound.followDevice("The audio output changed");
	const devicesChanged = (): void => sound.followDevice("An audio device was connected or removed");
	context.addEventListener("error", lost, { signal });
	context.addEventListener("sinkchange", changed, { signal });
	// Only secure pages have media devices.
	navigator.mediaDevices?.addEventListener("devicechange", devicesChanged, { signal });
	return () => ending.abort();
}
