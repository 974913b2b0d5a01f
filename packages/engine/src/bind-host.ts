import { HostedEngine } from "./audio-engine.ts";
import { nameDisposal } from "./dispose.ts";
import type { Host } from "./host.ts";
import type { AudioEngineOptions, EngineAssets } from "./protocol/engine-types.ts";

/** `AudioEngine` as an entry of the package exports it: made on that entry's platform. */
export interface AudioEngineClass<Engine> {
	/** @throws RangeError or TypeError for a wrong option. */
	new (options?: AudioEngineOptions): Engine;
	readonly prototype: Engine;
}

/**
 * Gives `HostedEngine` the public constructor, which takes no host. A proxy instead of a subclass: there is one class, and
 * `instanceof` and the name are its own.
 */
export function bindHost<Engine extends HostedEngine>(
	hostFor: (assets?: EngineAssets) => Host,
): AudioEngineClass<Engine> {
	nameDisposal(HostedEngine.prototype, "asyncDispose");
	const bound = new Proxy(HostedEngine, {
		construct: (engine, [options = {}]: [AudioEngineOptions?], newTarget) =>
			Reflect.construct(engine, [hostFor(options?.assets), options], newTarget),
	});
	return bound as unknown as AudioEngineClass<Engine>;
}
