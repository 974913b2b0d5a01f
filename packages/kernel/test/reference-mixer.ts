import type { GainRamp } from "./gain-ramp.ts";
import type { KernelOptions } from "./kernel-host.ts";
import { frameOf, type Voice } from "./model-voice.ts";
import { VoiceModel } from "./voice-model.ts";

type Frame = readonly [number, number];

/**
 * What the kernel shall sound like, one frame at a time in plain JavaScript: every product and sum rounded to f32, the voices of
 * a pad in the order of their start, pads in the order of their number.
 */
export class ReferenceMixer extends VoiceModel {
	readonly #round: (value: number) => number;

	/** @param round - to f32, as the kernel does; with the identity it is a model in f64 */
	constructor(options: KernelOptions = {}, round: (value: number) => number = Math.fround) {
		super(options);
		this.#round = round;
	}

	/** Renders frames, interleaved. */
	render(frames: number): Float32Array<ArrayBuffer> {
		const block = new Float32Array(frames * 2);
		for (let frame = 0; frame < frames; frame++) {
			let mix: Frame = [0, 0];
			for (const [slot, pad] of this.pads.entries()) {
				const heard = this.voices.filter((voice) => voice.slot === slot).map((voice) => this.#soundOf(voice));
				const sum = heard.reduce<Frame>((one, other) => this.#sum(one, other), [0, 0]);
				mix = this.#sum(mix, this.#scaled(sum, pad.gain));
			}
			block.set(this.#scaled(mix, this.master), frame * 2);
			this.finishFrame();
		}
		return block;
	}

	#soundOf(voice: Voice): Frame {
		const [left, right] = frameOf(voice);
		const gain = audible(this.#round(audible(voice.velocity) * this.fadeOf(voice)));
		return [this.#round(left * gain), this.#round(right * gain)];
	}

	#sum(one: Frame, other: Frame): Frame {
		return [this.#round(one[0] + other[0]), this.#round(one[1] + other[1])];
	}

	/** A gain of exactly 1 that stands still leaves every bit; otherwise what is below 2^-63 counts as silence. */
	#scaled(frame: Frame, gain: GainRamp): Frame {
		if (gain.isFlat) return frame;
		if (gain.isSilent) return [0, 0];
		const factor = audible(this.#round(gain.value));
		const scale = (sample: number): number => this.#round((Math.abs(sample) < 2 ** -63 ? 0 : sample) * factor);
		return [scale(frame[0]), scale(frame[1])];
	}
}

function audible(gain: number): number {
	return gain < 2 ** -40 ? 0 : gain;
}
