import { HostedAudioEngine } from "./audio-engine.ts";
import { browserHost } from "./host.browser.ts";
import type { AudioEngineOptions } from "./protocol/engine-types.ts";
import { type RenderSessionOptions, renderSessionOn } from "./recording/render-session.ts";
import { type ScheduledSession, type ScheduleSessionOptions, scheduleSessionOn } from "./recording/schedule-session.ts";
import type { Session } from "./recording/session.ts";
import type { FindSource } from "./recording/session-engine.ts";
import type { StreamGrant } from "./stream/stream-descriptor.ts";

export * from "./public-types.ts";

/**
 * Renders a session piece by piece: the very samples that were played live. See `RenderSessionOptions`.
 *
 * @param findSource - gives each sample's file when the session comes to it
 * @returns left and right of each piece, fresh arrays.
 * @throws LooperError as `loadSample` does, and `sample-differs`; RangeError or TypeError for wrong options.
 */
export function renderSession(
	session: Session,
	findSource: FindSource,
	options: RenderSessionOptions = {},
): AsyncGenerator<[Float32Array, Float32Array], void, undefined> {
	return renderSessionOn(browserHost(options.assets), session, findSource, options);
}

/** The engine in a browser. */
export class AudioEngine extends HostedAudioEngine {
	constructor(options: AudioEngineOptions = {}) {
		super(browserHost(options?.assets), options);
	}

	override createStreamHandle(): StreamGrant<Transferable> {
		return super.createStreamHandle() as StreamGrant<Transferable>;
	}

	/** The node to connect to when the context is the caller's; connected already otherwise. Null before `run`. */
	get output(): AudioNode | null {
		return this.outputNode instanceof AudioNode ? this.outputNode : null;
	}
}

/**
 * Loads all of a session and schedules its commands from the first frame of an OfflineAudioContext on.
 *
 * @param findSource - gives each sample's file
 * @throws LooperError as `loadSample` does, `sample-differs`, and `ring-full` when the session has more commands than can wait;
 * RangeError when it loads a sample in its midst or has another sample rate.
 */
export function scheduleSession(
	session: Session,
	findSource: FindSource,
	options: ScheduleSessionOptions,
): Promise<ScheduledSession> {
	return scheduleSessionOn(browserHost(options.assets), session, findSource, options);
}
