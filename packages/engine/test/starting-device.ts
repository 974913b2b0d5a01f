import type { AudioDevice, DeviceState, OutputClock } from "../src/device/audio-device.ts";
import { OfflineDevice } from "../src/device/offline-device.ts";
import type { KernelStart, MessageKernelStart } from "../src/protocol/threading-messages.ts";

const BLOCK_FRAMES = 128;
/** Its buffer: later blocks are lost. */
const IN_HAND_MS = 60;
const CORRECTION_MS = 40;

/** The start of a modelled output; milliseconds from the call of `resume`. */
export interface OutputStart {
	/** When its context becomes running. */
	readonly running: number;
	/** Intervals without rendering; the missed blocks follow together. */
	readonly stalls: readonly (readonly [from: number, to: number])[];
	/** When it corrects its clock by dropping 40 ms; undefined for never. */
	readonly correction?: number;
	/** False for an output that plays late blocks, however late. */
	readonly losesItsStart: boolean;
}

/**
 * An output whose time advances while it connects to the loudspeaker, as observed with WebKit over GStreamer. The kernel
 * is a real one, and its blocks are heard or dropped.
 */
export class StartingDevice implements AudioDevice {
	readonly sampleRate: number;
	readonly output = null;
	readonly outputLatencySec = 0;
	readonly outputDevice = "";
	readonly hasCueOutput = false;
	readonly underruns = null;
	readonly pulled = null;
	readonly losesItsStart: boolean;
	state: DeviceState = "suspended";
	/** Between `suspend` and `resume`. */
	isKeptSuspended = false;
	readonly #start: OutputStart;
	readonly #kernel: OfflineDevice;
	readonly #heard: Float32Array[] = [];
	#renderedFrames = 0;
	#milliseconds: number | null = null;
	#onStateChange: (state: DeviceState) => void = () => {};

	constructor(sampleRate: number, start: OutputStart) {
		this.sampleRate = sampleRate;
		this.losesItsStart = start.losesItsStart;
		this.#start = start;
		this.#kernel = new OfflineDevice(sampleRate, BLOCK_FRAMES);
	}

	get clock(): OutputClock {
		return { renderedFrames: this.#renderedFrames, discardedFrames: 0 };
	}

	/** The left channel of the audible output, without gaps. */
	get heard(): Float32Array {
		const heard = new Float32Array(this.#heard.length * BLOCK_FRAMES);
		for (const [block, samples] of this.#heard.entries()) heard.set(samples, block * BLOCK_FRAMES);
		return heard;
	}

	start(kernel: KernelStart, onStateChange: (state: DeviceState) => void): Promise<void> {
		this.#onStateChange = onStateChange;
		return this.#kernel.start(kernel);
	}

	startWithMessages(
		start: MessageKernelStart,
		onStateChange: (state: DeviceState) => void,
	): ReturnType<AudioDevice["startWithMessages"]> {
		this.#onStateChange = onStateChange;
		return this.#kernel.startWithMessages(start);
	}

	/** The user gesture that allows it to start; without one the platform keeps it suspended. */
	allow(): void {
		this.#milliseconds ??= 0;
	}

	setOutputDevice(): never {
		throw new Error("There is only one device here.");
	}

	connectInput(): never {
		throw new Error("StartingDevice has no input.");
	}

	suspend(): void {
		this.isKeptSuspended = true;
	}

	resume(): Promise<void> {
		this.isKeptSuspended = false;
		return Promise.resolve();
	}

	close(): Promise<void> {
		return Promise.resolve();
	}

	/** What a caller does who closes the context. */
	closeContext(): void {
		this.state = "closed";
		this.#milliseconds = null;
		this.#onStateChange(this.state);
	}

	/** Advances by a millisecond. */
	advance(): void {
		if (this.#milliseconds === null) return;
		this.#milliseconds += 1;
		const now = this.#milliseconds;
		if (now === this.#start.running) {
			this.state = "running";
			this.#onStateChange(this.state);
		}
		if (this.#start.stalls.some(([from, to]) => now >= from && now < to)) return;
		const due = (now * this.sampleRate) / 1000;
		while (this.#renderedFrames + BLOCK_FRAMES <= due) this.#renderBlock(due);
	}

	#renderBlock(due: number): void {
		const left = new Float32Array(BLOCK_FRAMES);
		this.#kernel.render([left]);
		const milliseconds = (1000 * this.#renderedFrames) / this.sampleRate;
		const lateness = (1000 * due) / this.sampleRate - milliseconds;
		this.#renderedFrames += BLOCK_FRAMES;
		const { correction = Number.POSITIVE_INFINITY, losesItsStart } = this.#start;
		const isCorrected = milliseconds >= correction && milliseconds < correction + CORRECTION_MS;
		if (!losesItsStart || (lateness <= IN_HAND_MS && !isCorrected)) this.#heard.push(left);
	}
}
