import { LooperError } from "../errors.ts";
import type { Scheduler } from "../scheduler.ts";
import type { AudioDevice, AudioDeviceOptions } from "./audio-device.ts";
import { type AudioContextLike, type AudioNodeLike, WebAudioDevice } from "./web-audio-device.ts";

/** The optional peer, as far as the engine uses it. */
interface NodeWebAudio {
	readonly AudioContext: new (options: object) => AudioContextLike;
	readonly AudioWorkletNode: new (context: AudioContextLike, name: string, options: object) => AudioNodeLike;
}

/** Opens Node's loudspeaker through `node-web-audio-api`. @throws LooperError `unsupported-platform` without it. */
export async function openNodeDevice(options: AudioDeviceOptions, after: Scheduler["after"]): Promise<AudioDevice> {
	const { AudioContext, AudioWorkletNode } = await importNodeWebAudio();
	const platform = {
		createContext: (contextOptions: object) => new AudioContext(contextOptions),
		createNode: (context: AudioContextLike, name: string, nodeOptions: object) =>
			new AudioWorkletNode(context, name, nodeOptions),
		discardsLateBlocks: false,
		losesItsStart: false,
		tellsOutputLatency: true,
		letsStart: true,
	};
	return new WebAudioDevice(platform, options, after);
}

async function importNodeWebAudio(): Promise<NodeWebAudio> {
	try {
		// A computed name, so that bundlers leave the optional peer alone.
		const name = "node-web-audio-api";
		return (await import(name)) as NodeWebAudio;
	} catch (error) {
		const message = 'Sound in Node needs the package node-web-audio-api. Install it, or use output: "offline".';
		throw new LooperError("unsupported-platform", message, { cause: error });
	}
}
