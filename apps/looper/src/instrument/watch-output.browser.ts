import type { OutputControl } from "../output/output-control.ts";
import type { Sound } from "./sound.ts";

const askMs = 2_000;

/** Who hears of the output. */
interface OutputListeners {
	readonly sound: Sound;
	readonly output: OutputControl;
}

/**
 * Reports lost and changed output devices.
 *
 * @param node - the node that the engine plays through
 * @returns a function that ends the watch
 */
export function watchOutput({ sound, output }: OutputListeners, node: AudioNode): () => void {
	const ending = new AbortController();
	const { signal } = ending;
	const { context } = node;
	const lost = (): void => {
		sound.followDevice("The audio output was lost: reconnect it or choose another");
		void output.leaveDevice();
	};
	const changed = (): void => sound.followDevice("The audio output changed");
	const devicesChanged = (): void => {
		sound.followDevice("An audio device was connected or removed");
		void output.refresh();
	};
	context.addEventListener("error", lost, { signal });
	context.addEventListener("sinkchange", changed, { signal });
	// Only secure pages have media devices.
	navigator.mediaDevices?.addEventListener("devicechange", devicesChanged, { signal });
	// Chromium notices that a sound server has lost an output only when it is asked which ones there are.
	const asking = setInterval(() => {
		if (output.device !== "") void output.refresh();
	}, askMs);
	signal.addEventListener("abort", () => clearInterval(asking));
	return () => ending.abort();
}
