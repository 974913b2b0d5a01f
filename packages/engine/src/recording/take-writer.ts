import type { RecordedTake, TakeForm } from "../protocol/recording-messages.ts";
import { encodeFrames, frameBytes } from "../wav/encode-frames.ts";
import { riffHeader } from "../wav/riff-header.ts";
import type { TakeFile } from "./take-file.ts";

const CHANNELS = 2;

/**
 * Writes a take as a WAV file while it is recorded. The header is kept up to date, so the file is whole whenever its thread ends.
 *
 * Thread: the one that records.
 */
export class TakeWriter {
	readonly #file: TakeFile;
	readonly #form: Pick<TakeForm, "format" | "sampleRate">;
	readonly #headerBytes: number;
	#frames = 0;
	#missed = 0;
	#failure: string | null = null;

	/** @throws Error when the file takes no bytes. */
	constructor(file: TakeFile, form: Pick<TakeForm, "format" | "sampleRate">) {
		this.#file = file;
		this.#form = form;
		const header = this.#header();
		this.#headerBytes = header.length;
		file.write(header, 0);
	}

	/** Frames written so far. */
	get frames(): number {
		return this.#frames;
	}

	/** False once the file has refused something; what follows is counted as lost. */
	get isWhole(): boolean {
		return this.#failure === null;
	}

	/** @param samples - interleaved stereo, not kept */
	append(samples: Float32Array<ArrayBuffer>): void {
		const frames = samples.length / CHANNELS;
		const isWritten = this.#attempt(() => this.#file.write(encodeFrames(samples, this.#form.format), this.#byteLength));
		if (isWritten) this.#frames += frames;
		else this.#missed += frames;
	}

	/** Brings the header up to date. */
	update(): void {
		this.#attempt(() => this.#file.write(this.#header(), 0));
	}

	/**
	 * @param lostFrames - frames that were lost on their way here
	 * @param wantedFrames - what lies behind so many is cut off
	 */
	finish(startFrame: number, lostFrames: number, wantedFrames: number = Number.POSITIVE_INFINITY): RecordedTake {
		this.#frames = Math.min(this.#frames, Math.max(wantedFrames, 0));
		// Tried again even after a failure: no room is needed for it.
		try {
			this.#file.write(this.#header(), 0);
		} catch (error) {
			this.#failure ??= messageOf(error);
		}
		const place = this.#file.finish(this.#byteLength);
		const lost = Math.min(lostFrames + this.#missed, Math.max(wantedFrames - this.#frames, 0));
		const overflow = "The recording thread was too slow, so the audio thread found no room for more frames.";
		const failure = this.#failure ?? (lost > 0 ? overflow : null);
		return { startFrame, frames: this.#frames, lostFrames: lost, failure, place };
	}

	discard(): Promise<void> {
		return this.#file.discard();
	}

	get #byteLength(): number {
		return this.#headerBytes + this.#frames * frameBytes(this.#form.format, CHANNELS);
	}

	#header(): Uint8Array<ArrayBuffer> {
		const { format, sampleRate } = this.#form;
		return riffHeader({ format, sampleRate, channels: CHANNELS, frames: this.#frames });
	}

	#attempt(write: () => void): boolean {
		if (this.#failure !== null) return false;
		try {
			write();
			return true;
		} catch (error) {
			this.#failure = messageOf(error);
			return false;
		}
	}
}

/** What an error says, whatever was thrown. */
export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
