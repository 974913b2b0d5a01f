import * as engine from "../dist/index.node.js";

export * from "../dist/index.node.js";

const messages = { threading: "messages" } as const;

/** The alias of "flitzis-looper" in the tests of message threading: an engine that defaults to it. */
export const AudioEngine: typeof engine.AudioEngine = new Proxy(engine.AudioEngine, {
	construct: (bound, [options]: [engine.AudioEngineOptions?]) => new bound({ ...messages, ...options }),
});

/** The same over message threading. */
export const renderPerformance: typeof engine.renderPerformance = (performance, findSource, options) =>
	engine.renderPerformance(performance, findSource, { ...messages, ...options });

/** The same over message threading. */
export const schedulePerformance: typeof engine.schedulePerformance = (performance, findSource, options) =>
	engine.schedulePerformance(performance, findSource, { ...messages, ...options });
