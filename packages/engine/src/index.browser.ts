import { HostedAudioEngine } from "./audio-engine.ts";
import { browserHost } from "./host.browser.ts";
import type { AudioEngineOptions } from "./protocol/engine-types.ts";

export * from "./public-types.ts";

/** The engine in a browser. */
export class AudioEngine extends HostedAudioEngine {
	constructor(options: AudioEngineOptions = {}) {
		super(browserHost(options?.assets), options);
	}

	/** The node to connect to when the context is the caller's; connected already otherwise. Null before `run`. */
	get output(): AudioNode | null {
		return this.outputNode instanceof AudioNode ? this.outputNode : null;
	}
}
