const PROCESSOR = "/recorder-processor.js";
/** A device that sounds nothing for so long has failed. */
const STANDSTILL_MS = 10_000;

/** The values that a sound takes, one after the other, each with the frames that it lasts. */
export interface Plateau {
	readonly level: number;
	readonly frames: number;
}

/** Records what a node sounds, from the moment it was begun, inside the page. */
export class Recorder {
	readonly #node: AudioWorkletNode;
	readonly #pieces: Float32Array[] = [];
	#frames = 0;
	/** The context's, of the first frame recorded; null until that is known. */
	#firstFrame: number | null = null;
	readonly #stopped: AbortController = new AbortController();
	#onPiece: () => void = () => {};

	private constructor(node: AudioWorkletNode) {
		this.#node = node;
		const onMessage = ({ data }: MessageEvent<number | Float32Array>): void => {
			if (typeof data === "number") {
				this.#firstFrame = data;
				return;
			}
			this.#pieces.push(data);
			this.#frames += data.length / 2;
			this.#onPiece();
		};
		node.port.addEventListener("message", onMessage, { signal: this.#stopped.signal });
		node.port.start();
	}

	/** Resolves when the first frames have arrived. */
	static async start(context: AudioContext, source: AudioNode): Promise<Recorder> {
		const recorder = await Recorder.attach(context, source);
		await recorder.hear(1);
		return recorder;
	}

	/** Resolves when it would hear, even if the context is suspended. */
	static async attach(context: AudioContext, source: AudioNode): Promise<Recorder> {
		await context.audioWorklet.addModule(PROCESSOR);
		const node = new AudioWorkletNode(context, "recorder", {
			channelCount: 2,
			channelCountMode: "explicit",
			outputChannelCount: [2],
		});
		source.connect(node);
		node.connect(context.destination);
		return new Recorder(node);
	}

	/**
	 * Goes on recording until so many more frames have been heard: time is told by the sound, not by a clock. They count from
	 * now, not from the last piece that has arrived, which on a busy page is an old one.
	 */
	async hear(frames: number): Promise<void> {
		const enough = this.#renderedFrames + frames;
		await this.until(() => this.#frames >= enough);
	}

	/** Goes on recording until a sound has begun, and for so many more frames. */
	async hearSound(frames: number): Promise<void> {
		let piece = this.#pieces.length;
		await this.until(() => {
			while (piece < this.#pieces.length && this.#pieces[piece]!.every((sample) => sample === 0)) piece += 1;
			return piece < this.#pieces.length;
		});
		await this.hear(frames);
	}

	/** Goes on recording until something holds, asked whenever more has been heard. */
	async until(holds: () => boolean): Promise<void> {
		while (!holds()) await this.#nextPiece();
	}

	get #renderedFrames(): number {
		const { currentTime, sampleRate } = this.#node.context;
		const frames = this.#firstFrame === null ? 0 : Math.round(currentTime * sampleRate) - this.#firstFrame;
		return Math.max(frames, this.#frames);
	}

	async #nextPiece(): Promise<void> {
		let giveUp = 0;
		await new Promise<void>((resolve, reject) => {
			this.#onPiece = resolve;
			giveUp = window.setTimeout(() => {
				const { state, currentTime } = this.#node.context;
				reject(new Error(`the device stands still: its context is ${state} at ${currentTime} s`));
			}, STANDSTILL_MS);
		});
		window.clearTimeout(giveUp);
	}

	/** What has been heard so far, left and right. */
	get samples(): [left: Float32Array, right: Float32Array] {
		const left = new Float32Array(this.#frames);
		const right = new Float32Array(this.#frames);
		let frame = 0;
		for (const piece of this.#pieces) {
			left.set(piece.subarray(0, piece.length / 2), frame);
			right.set(piece.subarray(piece.length / 2), frame);
			frame += piece.length / 2;
		}
		return [left, right];
	}

	/** Ends the recording. */
	stop(): void {
		this.#node.disconnect();
		this.#stopped.abort();
	}
}

/** Cuts the silence before and behind a recording, by its left channel. */
export function trimSilence([left, right]: [Float32Array, Float32Array]): [Float32Array, Float32Array] {
	const first = left.findIndex((sample) => sample !== 0);
	const end = left.findLastIndex((sample) => sample !== 0) + 1;
	return first < 0
		? [new Float32Array(0), new Float32Array(0)]
		: [left.subarray(first, end), right.subarray(first, end)];
}

/** Sums up a sound made of steady parts. */
export function plateaus(samples: Float32Array): Plateau[] {
	const found: { level: number; frames: number }[] = [];
	for (const level of samples) {
		const last = found.at(-1);
		if (last?.level === level) last.frames += 1;
		else found.push({ level, frames: 1 });
	}
	return found;
}
