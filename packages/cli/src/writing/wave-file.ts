import { clippedSamples, encodeFrames, type WavForm, wavHeader } from "flitzis-looper";
import type { Output } from "./output.ts";

/** A WAV file being written. */
export class WaveFile {
	readonly #form: WavForm;
	readonly #output: Output;
	#frames = 0;
	#bytes = 0;
	#clippedSamples = 0;

	private constructor(form: WavForm, output: Output) {
		this.#form = form;
		this.#output = output;
	}

	/** Begins it. @throws whatever the output does */
	static async create(form: WavForm, output: Output): Promise<WaveFile> {
		await output.write(wavHeader(form));
		return new WaveFile(form, output);
	}

	/** Samples beyond full scale, which integers cannot hold. */
	get clippedSamples(): number {
		return this.#clippedSamples;
	}

	async append(interleaved: Float32Array<ArrayBuffer>): Promise<void> {
		const { format, channels } = this.#form;
		if (format === "s24") this.#clippedSamples += clippedSamples(interleaved);
		const bytes = encodeFrames(interleaved, format);
		this.#frames += interleaved.length / channels;
		this.#bytes += bytes.length;
		await this.#output.write(bytes);
	}

	/** Ends it. @throws Error if the number of frames is not the announced one */
	async finish(): Promise<void> {
		if (this.#frames !== this.#form.frames)
			throw new Error(`The WAV file was announced with ${this.#form.frames} frames but has ${this.#frames}.`);
		if (this.#bytes % 2 === 1) await this.#output.write(new Uint8Array(1));
		await this.#output.finish();
	}
}
