import { expect, test } from "vitest";
import { SteppedTime } from "../../test/stepped-host.ts";
import { LooperError } from "../errors.ts";
import type { KernelStart } from "../protocol/threading-messages.ts";
import {
	type AudioContextLike,
	type AudioNodeLike,
	WebAudioDevice,
	type WebAudioPlatform,
} from "./web-audio-device.ts";

const OPTIONS = {
	audioContext: undefined,
	cueOutput: false,
	outputDevice: "",
	sampleRate: undefined,
	latencyHint: "interactive",
	worklet: "",
} as const;

test("a machine without a sound output is an unsupported platform, and the platform's reason is kept", () => {
	const reason = new Error("DeviceNotAvailable");
	const refuse = (): never => {
		throw reason;
	};
	const platform: WebAudioPlatform = {
		createContext: refuse,
		createNode: refuse,
		discardsLateBlocks: false,
		losesItsStart: false,
		tellsOutputLatency: true,
		letsStart: false,
	};
	const open = () => new WebAudioDevice(platform, OPTIONS, () => () => {});
	expect(open).toThrow(LooperError);
	expect(open).toThrow(
		expect.objectContaining({
			code: "unsupported-platform",
			message: 'No sound output can be opened (Error: DeviceNotAvailable). Connect one, or use output: "offline".',
			cause: reason,
		}),
	);
});

/** A device in a context that fails a test which asks it for its latency, unless it has one to tell. */
function deviceIn(
	context: { readonly baseLatency: number; readonly outputLatency?: number },
	tellsOutputLatency: boolean,
) {
	const whole = Object.defineProperties({ sampleRate: 48_000 }, Object.getOwnPropertyDescriptors(context));
	const platform: WebAudioPlatform = {
		createContext: () => whole as unknown as AudioContextLike,
		createNode: () => {
			throw new Error("nothing is played here");
		},
		discardsLateBlocks: false,
		losesItsStart: false,
		tellsOutputLatency,
		letsStart: false,
	};
	return new WebAudioDevice(platform, OPTIONS, () => () => {});
}

test("the latency is the context's own and what the device adds", () => {
	expect(deviceIn({ baseLatency: 0.01, outputLatency: 0.02 }, true).outputLatencySec).toBe(0.03);
	expect(deviceIn({ baseLatency: 0.01 }, true).outputLatencySec).toBe(0.01);
});

test("a platform that may hang when its device's latency is read is not asked, and 50 ms are assumed", () => {
	const context = {
		baseLatency: 0.01,
		get outputLatency(): number {
			throw new Error("it was asked");
		},
	};
	expect(deviceIn(context, false).outputLatencySec).toBeCloseTo(0.06, 12);
	expect(() => deviceIn(context, true).outputLatencySec).toThrow("it was asked");
});

test.each([
	[false, 500],
	[true, 2_000],
])(
	"a context that never runs is waited for with a bound; where the platform lets it start (%j), %i ms",
	async (letsStart, expected) => {
		const time = new SteppedTime();
		const context = { sampleRate: 48_000, state: "suspended", resume: () => new Promise(() => {}) };
		const platform: WebAudioPlatform = {
			createContext: () => context as unknown as AudioContextLike,
			createNode: () => {
				throw new Error("nothing is played here");
			},
			discardsLateBlocks: false,
			losesItsStart: false,
			tellsOutputLatency: true,
			letsStart,
		};
		let waited = Number.NaN;
		const resume = async (): Promise<void> => {
			await new WebAudioDevice(platform, OPTIONS, time.after).resume();
			waited = time.milliseconds;
		};
		void resume();
		while (Number.isNaN(waited) && time.milliseconds < 10_000) {
			time.advance();
			await Promise.resolve();
			await Promise.resolve();
		}
		expect(waited).toBeGreaterThanOrEqual(expected);
		expect(waited).toBeLessThanOrEqual(expected + 2);
	},
);

test("an offline context has no device, so nothing is assumed", () => {
	expect(deviceIn({ baseLatency: 0 }, false).outputLatencySec).toBe(0);
});

test.each([
	["a device of four outputs that is asked for its cue", { cueOutput: true, outputs: 4, isOwn: true }, 4],
	["one that is not asked", { cueOutput: false, outputs: 4, isOwn: true }, 2],
	["a stereo device that is asked", { cueOutput: true, outputs: 2, isOwn: true }, 2],
	["a context of the caller's that is asked", { cueOutput: true, outputs: 2, isOwn: false }, 4],
] as const)(
	"%s has a node of as many channels as it can play apart",
	async (_, { cueOutput, outputs, isOwn }, expected) => {
		const destination = { maxChannelCount: outputs, channelCount: 2 };
		const context = {
			sampleRate: 48_000,
			destination,
			audioWorklet: { addModule: () => Promise.resolve() },
			addEventListener: () => {},
		} as unknown as AudioContextLike;
		let channels: readonly number[] = [];
		const platform: WebAudioPlatform = {
			createContext: () => context,
			createNode: (_context, _name, { outputChannelCount }) => {
				channels = outputChannelCount;
				return { connect: () => {}, disconnect: () => {} } as unknown as AudioNodeLike;
			},
			discardsLateBlocks: false,
			losesItsStart: false,
			tellsOutputLatency: true,
			letsStart: true,
		};
		const options = { ...OPTIONS, cueOutput, audioContext: isOwn ? undefined : context };
		const device = new WebAudioDevice(platform, options, () => () => {});
		await device.start({ module: {}, memory: {} } as unknown as KernelStart, () => {});
		expect(channels).toEqual([expected]);
		expect(destination.channelCount).toBe(isOwn ? expected : 2);
	},
);

test("an output that is asked for before the start passes on what the node plays, and stays the same", async () => {
	const connections: [from: string, to: unknown][] = [];
	const named = (name: string) => ({
		name,
		connect: (to: unknown) => connections.push([name, to]),
		disconnect: () => {},
	});
	const destination = { maxChannelCount: 2 };
	const gain = named("gain");
	const context = {
		sampleRate: 48_000,
		destination,
		createGain: () => gain,
		audioWorklet: { addModule: () => Promise.resolve() },
		addEventListener: () => {},
	} as unknown as AudioContextLike;
	const platform: WebAudioPlatform = {
		createContext: () => context,
		createNode: () => named("node") as unknown as AudioNodeLike,
		discardsLateBlocks: false,
		losesItsStart: false,
		tellsOutputLatency: true,
		letsStart: true,
	};
	const device = new WebAudioDevice(platform, OPTIONS, () => () => {});
	expect(device.output).toBe(gain);
	await device.start({ module: {}, memory: {} } as unknown as KernelStart, () => {});
	expect(device.output).toBe(gain);
	expect(connections).toEqual([
		["node", gain],
		["gain", destination],
	]);
});
