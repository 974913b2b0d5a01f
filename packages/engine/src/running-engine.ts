import { type CheckedOptions, fadeFramesAt } from "./check-arguments.ts";
import { ContentIndex } from "./memory/content-index.ts";
import { EngineMemory } from "./memory/engine-memory.ts";
import { SampleMemory } from "./memory/sample-memory.ts";
import type { AudioDevice } from "./output/audio-device.ts";
import { GlitchWatch } from "./output/glitch-watch.ts";
import { OfflineDevice } from "./output/offline-device.ts";
import { ControlPort } from "./playback/control-port.ts";
import { SamplePublisher } from "./playback/sample-publisher.ts";
import * as layout from "./protocol/layout.ts";
import { Recorder } from "./recording/recorder.ts";
import { ControlRing } from "./rings/control-ring.ts";
import { StatusBlock } from "./rings/status-block.ts";
import { StreamRings } from "./stream/stream-rings.ts";

const FADE_ATTEMPT_MS = 10;
const FADE_ATTEMPTS = 20;

/** Everything that exists from `run` to `shutDown`. Thread: control. */
export class RunningEngine {
	readonly device: AudioDevice;
	readonly memory: EngineMemory;
	readonly samples: SampleMemory;
	readonly port: ControlPort;
	readonly publisher: SamplePublisher;
	readonly status: StatusBlock;
	readonly recorder: Recorder;
	readonly streams: StreamRings;
	readonly glitches: GlitchWatch;
	#isClosing = false;
	readonly #after: (milliseconds: number, callback: () => void) => () => void;

	constructor(
		device: AudioDevice,
		options: CheckedOptions,
		turns: { now: () => number; after: (milliseconds: number, callback: () => void) => () => void },
	) {
		this.device = device;
		this.#after = turns.after;
		this.memory = new EngineMemory({
			slots: options.sampleSlots,
			voices: options.voices,
			overflow: options.voiceOverflow === "drop-newest" ? layout.OVERFLOW_DROP_NEWEST : layout.OVERFLOW_REPLACE_OLDEST,
			memoryBudget: options.memoryBudget,
		});
		this.memory.setSampleRate(device.sampleRate, fadeFramesAt(device.sampleRate, options.fadeSeconds));
		const contents = new ContentIndex();
		this.samples = new SampleMemory(this.memory, options.memoryBudget, (address) => contents.forget(address));
		this.port = new ControlPort(new ControlRing(this.memory.buffer, 0), turns.now, (handle) =>
			this.samples.withdraw(handle),
		);
		this.publisher = new SamplePublisher(this.samples, contents, this.port, device.sampleRate);
		this.status = new StatusBlock(this.memory.buffer);
		this.recorder = new Recorder({
			memory: this.memory,
			status: this.status,
			engine: {
				sampleRate: device.sampleRate,
				sampleSlots: options.sampleSlots,
				voices: options.voices,
				voiceOverflow: options.voiceOverflow,
				fadeFrames: this.memory.fadeFrames,
			},
			sampleOf: (handle) => this.publisher.sampleOf(handle),
			turns: device instanceof OfflineDevice ? null : turns,
		});
		this.samples.onRetired = () => this.recorder.drain();
		this.streams = new StreamRings(this.memory, options.sampleSlots);
		this.glitches = new GlitchWatch(device, {
			now: turns.now,
			after: turns.after,
			readFrame: () => this.status.read().frame,
		});
	}

	/** Follows the device into the state that it has now. */
	followDevice(): void {
		if (this.#isClosing) return;
		this.glitches.followDevice();
		this.#followWithMessages();
	}

	/** Lets messages flow, or keeps them back, as the device's state says. */
	#followWithMessages(): void {
		if (this.#isClosing) return;
		const isRunning = this.device.state === "running";
		this.memory.setEngineState(isRunning ? layout.ENGINE_RUNNING : layout.ENGINE_SUSPENDED);
		if (!isRunning) this.port.hold();
		else if (!this.port.release()) this.#after(1, () => this.#followWithMessages());
	}

	/** Fades everything out, ends the processor and lets go of the device. */
	async close(): Promise<void> {
		this.#isClosing = true;
		this.glitches.stop();
		await this.#fadeOut();
		this.memory.setEngineState(layout.ENGINE_CLOSED);
		await this.device.close();
	}

	/** Waits until the fade has been heard, with a bound: a device that has gone never plays it. */
	async #fadeOut(): Promise<void> {
		// Offline nobody pulls any more.
		if (this.device instanceof OfflineDevice) return;
		if (this.device.state !== "running") return;
		// Streams are refused from here on; what they sent before may still start a voice behind the first stop.
		this.memory.setEngineState(layout.ENGINE_SUSPENDED);
		const { fadeFrames } = this.memory;
		const attempts = FADE_ATTEMPTS + (1000 * fadeFrames) / this.device.sampleRate / FADE_ATTEMPT_MS;
		let silentFrame = Number.POSITIVE_INFINITY;
		for (let attempt = 0; attempt < attempts; attempt++) {
			const { frame, blockFrames, activeVoices } = this.status.read();
			if (frame >= silentFrame && activeVoices === 0) break;
			const needsStop = activeVoices > 0 || silentFrame === Number.POSITIVE_INFINITY;
			if (needsStop && this.port.stopAll()) silentFrame = frame + 2 * blockFrames + fadeFrames;
			await this.#pause(FADE_ATTEMPT_MS);
		}
		await this.#pause(Math.min(1000 * this.device.outputLatencySec, FADE_ATTEMPTS * FADE_ATTEMPT_MS));
	}

	#pause(milliseconds: number): Promise<void> {
		return new Promise((resolve) => {
			this.#after(milliseconds, resolve);
		});
	}
}
