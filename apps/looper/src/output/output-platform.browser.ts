import type { OutputPlatform } from "./output-control.ts";
import { writeOutputSettings } from "./output-storage.browser.ts";

/** The page's outputs. @param node - the node that the engine sounds through, null while it does not run */
export function outputPlatform(node: () => AudioNode | null): OutputPlatform {
	// Only secure pages have media devices.
	const devices: MediaDevices | undefined = navigator.mediaDevices;
	return {
		canChoose: devices !== undefined && "setSinkId" in AudioContext.prototype,
		listDevices: async () =>
			(await devices.enumerateDevices())
				.filter(({ kind }) => kind === "audiooutput")
				.map(({ deviceId, label }) => ({ id: deviceId, name: label })),
		askForDevices: async () => {
			const stream = await devices.getUserMedia({ audio: true });
			for (const track of stream.getTracks()) track.stop();
		},
		outputCount: () => node()?.context.destination.maxChannelCount ?? 2,
		store: writeOutputSettings,
	};
}
