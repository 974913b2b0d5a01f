import { advance, frameOf, isAudible, type Voice, VoiceModel } from "./voice-model.ts";

/**
 * What the kernel shall sound like, one frame at a time in plain JavaScript: every product and sum rounded to f32, the
 * voices in the order of their age.
 */
export class ReferenceMixer extends VoiceModel {
	/** Frames still to come of voices that have ended, interleaved. */
	protected readonly tail: number[] = [];

	/** Renders frames, interleaved. */
	render(frames: number): Float32Array<ArrayBuffer> {
		const block = new Float32Array(frames * 2);
		for (let frame = 0; frame < frames; frame++) {
			const master = Math.fround(this.masterGain);
			const mix: [number, number] = [this.tail.shift() ?? 0, this.tail.shift() ?? 0];
			for (const voice of this.voices) addFrame(mix, voice, audible(Math.fround(voice.velocity * master)));
			block.set(mix, frame * 2);
			this.finishFrame();
		}
		return block;
	}

	protected fade(voice: Voice): void {
		this.fadeOver(this.options.fadeFrames, voice, audible(Math.fround(voice.velocity * Math.fround(this.masterGain))));
	}

	/** Mixes a voice's next frames into the tail. @param mixed - how many of the fade's frames */
	protected fadeOver(frames: number, voice: Voice, gain: number, mixed: number = frames): void {
		for (let frame = 0; frame < mixed && isAudible(voice); frame++) {
			const mix: [number, number] = [this.tail[frame * 2] ?? 0, this.tail[frame * 2 + 1] ?? 0];
			addFrame(mix, voice, audible(Math.fround(gain * Math.fround((frames - frame) / frames))));
			this.tail.splice(frame * 2, 2, ...mix);
		}
	}
}

/** Adds a voice's next frame to a mixed one and moves the voice on. */
function addFrame(mix: [number, number], voice: Voice, gain: number): void {
	const [left, right] = frameOf(voice);
	mix[0] = Math.fround(mix[0] + Math.fround(left * gain));
	mix[1] = Math.fround(mix[1] + Math.fround(right * gain));
	advance(voice);
}

function audible(gain: number): number {
	return gain < 2 ** -40 ? 0 : gain;
}
