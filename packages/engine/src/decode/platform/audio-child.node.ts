import type { FromAudioChild, ToAudioChild } from "./audio-child-messages.ts";
import type { PlatformFrames } from "./platform-audio.ts";

// The process that runs native decoders, so that a hostile file can crash only this.

/** The API of the optional peer that this process uses. */
interface NodeWebAudio {
	readonly OfflineAudioContext: new (
		channels: number,
		frames: number,
		sampleRate: number,
	) => { decodeAudioData(file: ArrayBuffer): Promise<AudioBufferLike> };
}

interface AudioBufferLike {
	readonly length: number;
	readonly numberOfChannels: number;
	readonly sampleRate: number;
	getChannelData(channel: number): Float32Array;
}

async function importLibrary(): Promise<NodeWebAudio | null> {
	try {
		// A computed name keeps bundlers from resolving the optional peer.
		const name = "node-web-audio-api";
		return (await import(name)) as NodeWebAudio;
	} catch {
		return null;
	}
}

async function decode(
	{ OfflineAudioContext }: NodeWebAudio,
	{ file, sampleRate }: ToAudioChild,
): Promise<PlatformFrames | null> {
	try {
		const buffer = await new OfflineAudioContext(1, 1, sampleRate).decodeAudioData(Uint8Array.from(file).buffer);
		// An empty buffer cannot be sent.
		if (buffer.length === 0) return null;
		const channels = Array.from({ length: buffer.numberOfChannels }, (_, channel) => buffer.getChannelData(channel));
		return { sampleRate: buffer.sampleRate, channelData: channels };
	} catch {
		return null;
	}
}

function post(message: FromAudioChild): void {
	process.send?.(message);
}

if (process.send === undefined)
	throw new Error("This file is the entry of a loader process. Import the package instead.");
// A plain exit would wait for a decoder in an infinite loop.
process.once("disconnect", () => process.kill(process.pid, "SIGKILL"));
const library = await importLibrary();
if (library !== null) {
	process.on("message", (message: ToAudioChild) => {
		void decode(library, message).then((frames) => post({ type: "decoded", frames }));
	});
}
post({ type: library === null ? "missing" : "ready" });
