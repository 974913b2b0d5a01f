import * as engine from "../dist/index.node.js";

export * from "../dist/index.node.js";

const ported = { threading: "messages" } as const;

/** What "flitzis-looper" is to the tests of message threading: an engine that uses it unless it is told otherwise. */
export class AudioEngine extends engine.AudioEngine {
	constructor(options: engine.AudioEngineOptions = {}) {
		super({ ...ported, ...options });
	}
}

/** The same, over message threading. */
export const renderPerformance: typeof engine.renderPerformance = (performance, findSource, options) =>
	engine.renderPerformance(performance, findSource, { ...ported, ...options });

/** The same, over message threading. */
export const schedulePerformance: typeof engine.schedulePerformance = (performance, findSource, options) =>
	engine.schedulePerformance(performance, findSource, { ...ported, ...options });
