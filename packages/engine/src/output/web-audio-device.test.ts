import { expect, test } from "vitest";
import { LooperError } from "../errors.ts";
import { WebAudioDevice, type WebAudioPlatform } from "./web-audio-device.ts";

test("a machine without a sound output is an unsupported platform, and the platform's reason is kept", () => {
	const reason = new Error("DeviceNotAvailable");
	const refuse = (): never => {
		throw reason;
	};
	const platform: WebAudioPlatform = { createContext: refuse, createNode: refuse, discardsLateBlocks: false };
	const options = { audioContext: undefined, sampleRate: undefined, latencyHint: "interactive", worklet: "" } as const;
	const open = () => new WebAudioDevice(platform, options, () => () => {});
	expect(open).toThrow(LooperError);
	expect(open).toThrow(
		expect.objectContaining({
			code: "unsupported-platform",
			message: 'no sound output can be opened (Error: DeviceNotAvailable); connect one, or use output: "offline"',
			cause: reason,
		}),
	);
});
