import type { PlayOptions } from "../protocol/engine-types.ts";

/** How one voice of `playSample` sounds. */
export interface VoiceSettings {
	/** What `stopVoice` and `setVoiceGain` know it by; 0 = nothing. */
	number: number;
	/** A factor. */
	gain: number;
	/** Balance, -1..1. */
	pan: number;
	/** Frames of the sample per output frame. */
	rate: number;
	/** Frame of the source file that it starts with. */
	offset: number;
	fadeInFrames: number;
}

/** The settings of a voice that nothing is said of. */
export function plainVoice(): VoiceSettings {
	return { number: 0, gain: 1, pan: 0, rate: 1, offset: 0, fadeInFrames: 0 };
}

/** Sets what the options say. Does not allocate. @param options - checked */
export function applyPlayOptions(settings: VoiceSettings, options: PlayOptions | undefined, sampleRate: number): void {
	settings.gain = options?.gain ?? 1;
	settings.pan = options?.pan ?? 0;
	settings.rate = options?.rate ?? 1;
	settings.offset = options?.offset ?? 0;
	settings.fadeInFrames = Math.round((options?.fadeIn ?? 0) * sampleRate);
}
