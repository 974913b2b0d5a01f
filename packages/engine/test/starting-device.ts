import type { AudioDevice, DeviceState, KernelStart, OutputClock } from "../src/output/audio-device.ts";
import type { KernelConnection } from "../src/output/kernel-connection.ts";
import { OfflineDevice } from "../src/output/offline-device.ts";
import type { MessageKernelStart } from "../src/protocol/threading-messages.ts";

const BLOCK_FRAMES = 128;
/** What it has in hand: what is later than this is never heard. */
const IN_HAND_MS = 60;
const CORRECTION_MS = 40;

/** How a modelled output starts; milliseconds from the call of `resume`. */
export interface OutputStart {
	/** When its context says that it runs. */
	readonly running: number;
	/** Stretches in which nothing is rendered; all of it follows at once. */
	readonly stalls: readonly (readonly [from: number, to: number])[];
	/** When it puts its clock right, for which it throws 40 ms away; never without. */
	readonly correction?: number;
	/** False for an output that plays what it has rendered however late that is. */
	readonly losesItsStart: boolean;
}

/**
 * An output whose time goes on while it connects to the loudspeaker, as WebKit's over GStreamer was seen to start. The kernel
 * is a real one, and what it renders is heard or thrown away block by block.
 */
export class StartingDevice implements AudioDevice {
	readonly sampleRate: number;
	readonly output = null;
	readonly outputLatencySec = 0;
	readonly underruns = null;
	readonly losesItsStart: boolean;
	state: DeviceState = "suspended";
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

	/** The left channel of what was heard, without gaps. */
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
		link: KernelConnection,
		onStateChange: (state: DeviceState) => void,
	): Promise<void> {
		this.#onStateChange = onStateChange;
		return this.#kernel.startWithMessages(start, link);
	}

	/** The gesture that lets it start; a platform without one keeps it suspended. */
	allow(): void {
		this.#milliseconds ??= 0;
	}

	resume(): Promise<void> {
		return Promise.resolve();
	}

	close(): Promise<void> {
		return Promise.resolve();
	}

	/** Lets a millisecond pass. */
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
		const [left] = this.#kernel.render(BLOCK_FRAMES);
		const milliseconds = (1000 * this.#renderedFrames) / this.sampleRate;
		const lateness = (1000 * due) / this.sampleRate - milliseconds;
		this.#renderedFrames += BLOCK_FRAMES;
		const { correction = Number.POSITIVE_INFINITY, losesItsStart } = this.#start;
		const isCorrected = milliseconds >= correction && milliseconds < correction + CORRECTION_MS;
		if (!losesItsStart || (lateness <= IN_HAND_MS && !isCorrected)) this.#heard.push(left);
	}
}
