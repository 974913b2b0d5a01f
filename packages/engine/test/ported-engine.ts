import * as engine from "../dist/index.node.js";

export * from "../dist/index.node.js";

const ported = { transport: "ported" } as const;

/** What "flitzis-looper" is to the tests of the ported transport: an engine that uses it unless it is told otherwise. */
export class AudioEngine extends engine.AudioEngine {
	constructor(options: engine.AudioEngineOptions = {}) {
		super({ ...ported, ...options });
	}
}

/** The same, over the ported transport. */
export const renderSession: typeof engine.renderSession = (session, findSource, options) =>
	engine.renderSession(session, findSource, { ...ported, ...options });

/** The same, over the ported transport. */
export const scheduleSession: typeof engine.scheduleSession = (session, findSource, options) =>
	engine.scheduleSession(session, findSource, { ...ported, ...options });
