import { HostedAudioEngine } from "./audio-engine.ts";
import { nodeHost } from "./host.node.ts";
import type { AudioEngineOptions } from "./protocol/engine-types.ts";

export * from "./public-types.ts";

/** The engine in Node. */
export class AudioEngine extends HostedAudioEngine {
	constructor(options: AudioEngineOptions = {}) {
		super(nodeHost(options?.assets), options);
	}

	/** The `node-web-audio-api` node to connect to when the context is the caller's; null before `run` and offline. */
	get output(): unknown {
		return this.outputNode;
	}
}
