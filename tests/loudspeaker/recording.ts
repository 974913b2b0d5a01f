import type { ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";

const CHANNELS = 2;
const BYTES_PER_FRAME = CHANNELS * Float32Array.BYTES_PER_ELEMENT;

/** A recording of a loudspeaker. */
export class Recording {
	readonly #recorder: ChildProcessByStdio<null, Readable, null>;
	readonly #ended: Promise<unknown>;
	readonly #chunks: Buffer[] = [];
	#byteCount = 0;

	/** @param recorder - writes interleaved stereo float32le to its stdout */
	constructor(recorder: ChildProcessByStdio<null, Readable, null>) {
		this.#recorder = recorder;
		this.#ended = once(recorder, "close");
		recorder.stdout.on("data", (chunk: Buffer) => {
			this.#chunks.push(chunk);
			this.#byteCount += chunk.byteLength;
		});
	}

	/** Whole frames recorded so far. */
	get frames(): number {
		return Math.floor(this.#byteCount / BYTES_PER_FRAME);
	}

	/** Records this many more frames: time is measured by the audio, not by a clock. */
	async record(frames: number): Promise<void> {
		const enough = this.frames + frames;
		const over = this.#ended.then(() => {
			throw new Error(`The recorder ended after ${this.frames} of ${enough} frames.`);
		});
		while (this.frames < enough) await Promise.race([once(this.#recorder.stdout, "data"), over]);
	}

	/** The channels recorded so far, planar. */
	samples(): [left: Float32Array, right: Float32Array] {
		const bytes = Buffer.concat(this.#chunks);
		const left = new Float32Array(this.frames);
		const right = new Float32Array(this.frames);
		for (let frame = 0; frame < left.length; frame++) {
			left[frame] = bytes.readFloatLE(frame * BYTES_PER_FRAME);
			right[frame] = bytes.readFloatLE(frame * BYTES_PER_FRAME + Float32Array.BYTES_PER_ELEMENT);
		}
		return [left, right];
	}

	/** Ends the recording. @returns its channels, planar. */
	async stop(): Promise<[left: Float32Array, right: Float32Array]> {
		this.#recorder.kill("SIGTERM");
		await this.#ended;
		return this.samples();
	}
}
