import type { PlatformFrames } from "./platform-audio.ts";

/** To the process that decodes: a whole file, and the rate to decode it at. */
export interface ToAudioChild {
	readonly file: Uint8Array;
	readonly sampleRate: number;
}

/** From it: once whether it can decode at all, then one answer a file, null for one that is refused. */
export type FromAudioChild =
	| { readonly type: "ready" }
	| { readonly type: "missing" }
	| { readonly type: "decoded"; readonly frames: PlatformFrames | null };
