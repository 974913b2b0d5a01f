import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { frameBytes, type WaveForm, waveHeader } from "./wave-header.ts";

const FULL_SCALE_24 = 2 ** 23;

/** A stereo WAV file being written; it gets its name when it is whole. */
export class WaveFile {
	readonly #path: string;
	readonly #form: WaveForm;
	readonly #file: FileHandle;
	#frames = 0;
	#clippedSamples = 0;

	private constructor(path: string, form: WaveForm, file: FileHandle) {
		this.#path = path;
		this.#form = form;
		this.#file = file;
	}

	/** @throws whatever the file system does */
	static async create(path: string, form: WaveForm): Promise<WaveFile> {
		const file = await open(partial(path), "w");
		await file.write(waveHeader(form));
		return new WaveFile(path, form, file);
	}

	/** Samples beyond full scale, which integers cannot hold. */
	get clippedSamples(): number {
		return this.#clippedSamples;
	}

	/** @param interleaved - left and right of each frame in turn */
	async append(interleaved: Float32Array): Promise<void> {
		this.#frames += interleaved.length / 2;
		const { buffer, byteOffset, byteLength } = interleaved;
		const isFloat = this.#form.coding === "f32";
		await this.#file.writeFile(isFloat ? new Uint8Array(buffer, byteOffset, byteLength) : this.#integers(interleaved));
	}

	/** Gives the file its name. @throws Error when other than the announced frames were written */
	async finish(): Promise<void> {
		if (this.#frames !== this.#form.frames)
			throw new Error(`the WAV file was announced with ${this.#form.frames} frames and has ${this.#frames}`);
		if ((this.#frames * frameBytes(this.#form.coding)) % 2 === 1) await this.#file.write(Buffer.alloc(1));
		await this.#file.close();
		await rename(partial(this.#path), this.#path);
	}

	/** Removes what was written. */
	async discard(): Promise<void> {
		await this.#file.close();
		await rm(partial(this.#path), { force: true });
	}

	#integers(samples: Float32Array): Buffer {
		const bytes = Buffer.alloc(samples.length * 3);
		for (const [index, sample] of samples.entries()) {
			const rounded = Math.round(sample * FULL_SCALE_24);
			const integer = Math.max(-FULL_SCALE_24, Math.min(FULL_SCALE_24 - 1, rounded));
			if (integer !== rounded) this.#clippedSamples += 1;
			bytes.writeIntLE(integer, index * 3, 3);
		}
		return bytes;
	}
}

function partial(path: string): string {
	return `${path}.part`;
}
