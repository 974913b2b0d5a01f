import type { PlatformFrames } from "./platform-audio.ts";

/** To the decoding process: a whole file, and the rate to decode it at. */
export interface ToAudioChild {
	readonly file: Uint8Array;
	readonly sampleRate: number;
}

/** From it: first whether it can decode at all, then one answer per file, null for a rejected one. */
export type FromAudioChild =
	| { readonly type: "ready" }
	| { readonly type: "missing" }
	| { readonly type: "decoded"; readonly frames: PlatformFrames | null };
