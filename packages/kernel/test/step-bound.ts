import { advance, frameOf, type Voice, VoiceModel } from "./voice-model.ts";

/** What one voice sounds like from one frame to the next. */
interface Sound {
	readonly voice: Voice;
	/** The sample's frame that sounded last; silence before the first. */
	last: readonly [number, number];
	/** Master gain when it began to fade, and how many frames of the fade have sounded; null while it does not fade. */
	fade: { readonly gain: number; frames: number } | null;
}

/**
 * How far each channel may move from one frame to the next in a performance without a click: as far as the samples themselves
 * move, plus what a linear fade, or the master gain on its way, takes or gives in one frame. Starts never fade, so the first
 * frame of a sample is a step that it contains, and so is the silence behind its last.
 */
export class StepBound extends VoiceModel {
	readonly #sounds: Map<Voice, Sound> = new Map();
	#previousGain = 1;

	/** @returns the widest step into the next frame, left and right. */
	next(): [number, number] {
		const bound: [number, number] = [0, 0];
		for (const voice of this.voices) {
			if (!this.#sounds.has(voice)) this.#sounds.set(voice, { voice, last: [0, 0], fade: null });
		}
		const gain = this.masterGain;
		for (const sound of this.#sounds.values()) this.#addSound(bound, sound, gain);
		this.#previousGain = gain;
		this.finishFrame();
		return bound;
	}

	protected fade(voice: Voice): void {
		const sound = this.#sounds.get(voice);
		if (sound !== undefined) sound.fade = { gain: this.masterGain, frames: 0 };
	}

	#addSound(bound: [number, number], sound: Sound, gain: number): void {
		const { voice, fade, last } = sound;
		const { fadeFrames } = this.options;
		const isFaded = fade !== null && fade.frames === fadeFrames;
		const isOver = isFaded || voice.position >= voice.sample.frames;
		const next = isOver ? ([0, 0] as const) : frameOf(voice);
		const [before, after] = isFaded ? [fade.gain / fadeFrames, 0] : this.#gains(fade, gain);
		for (const channel of [0, 1] as const) {
			// A product changes by no more than one factor's change at the new other, plus the other's change at the old one.
			const step = after * Math.abs(next[channel] - last[channel]) + Math.abs(after - before) * Math.abs(last[channel]);
			bound[channel] += voice.velocity * step;
		}
		sound.last = next;
		if (isOver) this.#sounds.delete(voice);
		else advance(voice);
		if (fade !== null) fade.frames++;
	}

	/** The gain of a sound in the frame before and in the next one. */
	#gains(fade: Sound["fade"], gain: number): [number, number] {
		if (fade === null) return [this.#previousGain, gain];
		if (fade.frames === 0) return [this.#previousGain, fade.gain];
		const { fadeFrames } = this.options;
		const share = (frames: number): number => (fade.gain * (fadeFrames - frames)) / fadeFrames;
		return [share(fade.frames - 1), share(fade.frames)];
	}
}

/**
 * The first step that is wider than the performance allows.
 *
 * @param rendered - interleaved; its first frame follows silence
 * @param bound - has been sent every command of the performance, timed ones ahead
 * @param tolerance - for the rounding of the mix
 */
export class StepDetector {
	readonly #bound: StepBound;
	readonly #tolerance: number;
	#last: readonly [number, number] = [0, 0];
	#frame = 0;

	constructor(bound: StepBound, tolerance = 2e-6) {
		this.#bound = bound;
		this.#tolerance = tolerance;
	}

	/** Looks at the next frames, interleaved. @returns what the first click is, null when there is none */
	firstClick(rendered: Float32Array): string | null {
		let click: string | null = null;
		for (let index = 0; index < rendered.length; index += 2) {
			const bound = this.#bound.next();
			const frame = [rendered[index] ?? Number.NaN, rendered[index + 1] ?? Number.NaN] as const;
			for (const channel of [0, 1] as const) {
				const step = Math.abs(frame[channel] - this.#last[channel]);
				const isClick = !(step <= bound[channel] + this.#tolerance);
				if (isClick) click ??= `frame ${this.#frame}, channel ${channel}: ${step} where ${bound[channel]} is allowed`;
			}
			this.#last = frame;
			this.#frame++;
		}
		return click;
	}
}
