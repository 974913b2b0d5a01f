import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { clippedSamples, encodeFrames, type WavForm, wavHeader } from "flitzis-looper";

/** A WAV file being written; it gets its name once it is complete. */
export class WaveFile {
	readonly #path: string;
	readonly #form: WavForm;
	readonly #file: FileHandle;
	#frames = 0;
	#bytes = 0;
	#clippedSamples = 0;

	private constructor(path: string, form: WavForm, file: FileHandle) {
		this.#path = path;
		this.#form = form;
		this.#file = file;
	}

	/** @throws whatever the file system does */
	static async create(path: string, form: WavForm): Promise<WaveFile> {
		const file = await open(partialPath(path), "w");
		await file.write(wavHeader(form));
		return new WaveFile(path, form, file);
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
		await this.#file.writeFile(bytes);
	}

	/** Renames the file to its final name. @throws Error if the number of frames is not the announced one */
	async finish(): Promise<void> {
		if (this.#frames !== this.#form.frames)
			throw new Error(`The WAV file was announced with ${this.#form.frames} frames but has ${this.#frames}.`);
		if (this.#bytes % 2 === 1) await this.#file.write(new Uint8Array(1));
		await this.#file.close();
		await rename(partialPath(this.#path), this.#path);
	}

	/** Deletes the partial file. */
	async discard(): Promise<void> {
		await this.#file.close();
		await rm(partialPath(this.#path), { force: true });
	}
}

/** Where a file is written until it is complete. */
export function partialPath(path: string): string {
	return `${path}.part`;
}
