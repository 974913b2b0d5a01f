import { AudioEngine } from "./audio-engine.ts";
import { nameDisposal } from "./dispose.ts";
import type { Host } from "./host.ts";
import type { AudioEngineOptions, EngineAssets } from "./protocol/engine-types.ts";

/** `AudioEngine` as an entry of the package exports it: made on that entry's platform. */
export interface AudioEngineClass<Output, Transfer> {
	/** @throws RangeError or TypeError for a wrong option. */
	new (options?: AudioEngineOptions): AudioEngine<Output, Transfer>;
	readonly prototype: AudioEngine<Output, Transfer>;
}

/**
 * Gives `AudioEngine` the public constructor, which takes no host. A proxy instead of a subclass: there is one class, and
 * `instanceof` and the name are its own.
 */
export function bindHost<Output, Transfer>(
	hostFor: (assets?: EngineAssets) => Host,
): AudioEngineClass<Output, Transfer> {
	nameDisposal(AudioEngine.prototype, "asyncDispose");
	const bound = new Proxy(AudioEngine<Output, Transfer>, {
		construct: (engine, [options = {}]: [AudioEngineOptions?], newTarget) =>
			Reflect.construct(engine, [hostFor(options?.assets), options], newTarget),
	});
	return bound as unknown as AudioEngineClass<Output, Transfer>;
}
