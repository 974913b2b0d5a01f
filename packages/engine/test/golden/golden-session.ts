/**
 * The golden session: one file, rendered wherever the engine runs, has one SHA-256 (`digest.txt`).
 *
 * Runs in pages, workers and Node: whoever calls it gives the built engine's entry, the text of `session.json` and a way to get
 * the other files of this folder.
 */
import type { RenderSessionOptions } from "../../src/recording/render-session.ts";
import type { ScheduledSession, ScheduleSessionOptions } from "../../src/recording/schedule-session.ts";
import type { Session, SessionSample } from "../../src/recording/session.ts";
import type { FindSource } from "../../src/recording/session-engine.ts";

/** The part of the package's entry that is used here. */
export interface SessionEntry {
	parseSession(text: string): Session;
	renderSession(
		session: Session,
		findSource: FindSource,
		options?: RenderSessionOptions,
	): AsyncIterable<[Float32Array, Float32Array]>;
	scheduleSession(session: Session, findSource: FindSource, options: ScheduleSessionOptions): Promise<ScheduledSession>;
}

/** The files of the golden folder: the session's text, and the bytes of a sample by its name. */
export interface GoldenFiles {
	readonly text: string;
	readonly fileOf: (name: string) => Promise<Uint8Array<ArrayBuffer>>;
}

/** The part of an OfflineAudioContext that is used here. */
interface OfflineContext {
	readonly destination: unknown;
	startRendering(): Promise<{ getChannelData(channel: number): Float32Array }>;
}

/** Renders the golden session offline. @returns the SHA-256 of left and right in turn, in hexadecimal. */
export async function goldenDigest(
	entry: SessionEntry,
	{ text, fileOf }: GoldenFiles,
	options: RenderSessionOptions = {},
): Promise<string> {
	const session = entry.parseSession(text);
	const samples = new Float32Array(2 * session.frames);
	let frame = 0;
	for await (const [left, right] of entry.renderSession(session, sourceOf(fileOf), options)) {
		interleaveInto(samples, frame, left, right);
		frame += left.length;
	}
	return sha256(samples);
}

/** Renders the golden session through the worklet. @param createContext - makes an OfflineAudioContext; @returns as `goldenDigest`. */
export async function goldenDigestInContext(
	entry: SessionEntry,
	{ text, fileOf }: GoldenFiles,
	createContext: (options: { numberOfChannels: number; length: number; sampleRate: number }) => OfflineContext,
	options: Omit<ScheduleSessionOptions, "audioContext"> = {},
): Promise<string> {
	const session = entry.parseSession(text);
	const { frames, engine } = session;
	const context = createContext({ numberOfChannels: 2, length: frames, sampleRate: engine.sampleRate });
	const scheduled = await entry.scheduleSession(session, sourceOf(fileOf), { ...options, audioContext: context });
	// A node of whatever platform the context is of.
	(scheduled.output as { connect(destination: unknown): void }).connect(context.destination);
	const rendered = await context.startRendering();
	const samples = new Float32Array(2 * frames);
	interleaveInto(samples, 0, rendered.getChannelData(0), rendered.getChannelData(1));
	await scheduled.shutDown();
	return sha256(samples);
}

function sourceOf(fileOf: GoldenFiles["fileOf"]): FindSource {
	return ({ name }: SessionSample) => fileOf(name);
}

function interleaveInto(samples: Float32Array, firstFrame: number, left: Float32Array, right: Float32Array): void {
	for (const [frame, sample] of left.entries()) {
		samples[2 * (firstFrame + frame)] = sample;
		samples[2 * (firstFrame + frame) + 1] = right[frame] ?? 0;
	}
}

async function sha256(samples: Float32Array<ArrayBuffer>): Promise<string> {
	const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", samples));
	return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
