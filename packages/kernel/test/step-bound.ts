import { frameOf, type Voice } from "./model-voice.ts";
import { VoiceModel } from "./voice-model.ts";

type Frame = readonly [number, number];

/**
 * How far each channel may move from one frame to the next in a performance without a click: as far as what is heard of each
 * voice moves, at most. Starts never fade, so the first frame of a sample is a step that it contains, and so is the silence
 * behind its last.
 */
export class StepBound extends VoiceModel {
	/** What was heard of each voice in the frame before. */
	#heard: ReadonlyMap<Voice, Frame> = new Map();

	/** @returns the widest step into the next frame, left and right. */
	next(): [number, number] {
		const heard = new Map(this.voices.map((voice) => [voice, this.#soundOf(voice)]));
		const bound: [number, number] = [0, 0];
		for (const voice of new Set([...heard.keys(), ...this.#heard.keys()])) {
			const [left, right] = heard.get(voice) ?? [0, 0];
			const [lastLeft, lastRight] = this.#heard.get(voice) ?? [0, 0];
			bound[0] += Math.abs(left - lastLeft);
			bound[1] += Math.abs(right - lastRight);
		}
		this.#heard = heard;
		this.finishFrame();
		return bound;
	}

	#soundOf(voice: Voice): Frame {
		const [left, right] = frameOf(voice);
		const strip = this.pads[voice.slot]?.gain.value ?? 0;
		const gain = voice.velocity * this.fadeOf(voice) * strip * this.master.value;
		return [left * gain, right * gain];
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
