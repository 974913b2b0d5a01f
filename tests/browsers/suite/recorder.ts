const PROCESSOR = "/recorder-processor.js";
/** Timeout for a device without output. */
const STANDSTILL_MS = 10_000;

/** A constant value of a signal and its length in frames. */
export interface Plateau {
	readonly level: number;
	readonly frames: number;
}

/** Records a node's output inside the page. */
export class Recorder {
	readonly #node: AudioWorkletNode;
	readonly #pieces: Float32Array[] = [];
	#frames = 0;
	/** Context frame of the first recorded frame; null until known. */
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
		await recorder.record(1);
		return recorder;
	}

	/** Resolves when it is connected, even if the context is suspended. */
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
	 * Records this many more frames: time is measured by the audio, not by a clock. They count from
	 * now, not from the last received piece, which may be old on a busy page.
	 */
	async record(frames: number): Promise<void> {
		const enough = this.#renderedFrames + frames;
		await this.until(() => this.#frames >= enough);
	}

	/** Records until a sound begins, and this many more frames. */
	async recordSound(frames: number): Promise<void> {
		let piece = this.#pieces.length;
		await this.until(() => {
			while (piece < this.#pieces.length && this.#pieces[piece]!.every((sample) => sample === 0)) piece += 1;
			return piece < this.#pieces.length;
		});
		await this.record(frames);
	}

	/** Records until a condition holds, checked after every piece. */
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
				reject(new Error(`The device stands still: its context is ${state} at ${currentTime} s.`));
			}, STANDSTILL_MS);
		});
		window.clearTimeout(giveUp);
	}

	/** The recording so far, left and right. */
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

/** Trims the silence before and after a recording, by its left channel. */
export function trimSilence([left, right]: [Float32Array, Float32Array]): [Float32Array, Float32Array] {
	const first = left.findIndex((sample) => sample !== 0);
	const end = left.findLastIndex((sample) => sample !== 0) + 1;
	return first < 0
		? [new Float32Array(0), new Float32Array(0)]
		: [left.subarray(first, end), right.subarray(first, end)];
}

/** Splits a piecewise constant signal into its parts. */
export function plateaus(samples: Float32Array): Plateau[] {
	const found: { level: number; frames: number }[] = [];
	for (const level of samples) {
		const last = found.at(-1);
		if (last?.level === level) last.frames += 1;
		else found.push({ level, frames: 1 });
	}
	return found;
}
