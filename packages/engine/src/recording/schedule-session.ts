import type { Host } from "../host.ts";
import type { AudioEngineOptions } from "../protocol/engine-types.ts";
import type { Session } from "./session.ts";
import { type FindSource, SessionEngine } from "./session-engine.ts";

/** Where a session is scheduled. */
export interface ScheduleSessionOptions
	extends Pick<AudioEngineOptions, "loaderThreads" | "memoryBudget" | "cache" | "transport" | "assets"> {
	/** An OfflineAudioContext of the session's sample rate that has not rendered yet. */
	readonly audioContext: unknown;
}

/** A session that a context will render. */
export interface ScheduledSession {
	/** The node to connect before the context renders. */
	readonly output: unknown;
	/** Lets go of the samples and of the node. */
	shutDown(): Promise<void>;
}

/**
 * Loads all of a session and schedules its commands from a context's first frame on.
 *
 * Thread: control.
 * @throws LooperError as `loadSample` does, `sample-differs`, and `ring-full` when the session has more commands than can wait;
 * RangeError when it loads a sample in its midst or has another sample rate.
 */
export async function scheduleSessionOn(
	host: Host,
	session: Session,
	findSource: FindSource,
	options: ScheduleSessionOptions,
): Promise<ScheduledSession> {
	const engine = new SessionEngine(host, session, findSource, { ...options, output: "device" });
	try {
		await engine.run();
		checkRate(engine.stats().sampleRate, session.engine.sampleRate);
		await engine.restore();
		await engine.schedule();
		return { output: engine.node, shutDown: () => engine.shutDown() };
	} catch (error) {
		await engine.shutDown();
		throw error;
	}
}

function checkRate(ofContext: number, ofSession: number): void {
	if (ofContext === ofSession) return;
	throw new RangeError(
		`audioContext has ${ofContext} Hz, but the session was recorded at ${ofSession} Hz; make one of that rate`,
	);
}
