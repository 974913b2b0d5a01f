import { type CheckedOptions, fadeFramesAt } from "./check-arguments.ts";
import type { Host } from "./host.ts";
import type { PcmConnection } from "./loading/loader-pool.ts";
import { ContentIndex } from "./memory/content-index.ts";
import { SharedBacking } from "./memory/engine-backing.ts";
import { EngineMemory } from "./memory/engine-memory.ts";
import { SampleMemory } from "./memory/sample-memory.ts";
import type { AudioDevice } from "./output/audio-device.ts";
import { GlitchWatch } from "./output/glitch-watch.ts";
import { KernelConnection } from "./output/kernel-connection.ts";
import { MirroredBacking } from "./output/mirrored-backing.ts";
import { OfflineDevice } from "./output/offline-device.ts";
import { settledWithin } from "./output/settled-within.ts";
import { StartWatch } from "./output/start-watch.ts";
import { PerformanceLog } from "./performance/performance-log.ts";
import { ControlPort } from "./playback/control-port.ts";
import { SamplePublisher } from "./playback/sample-publisher.ts";
import { ProducerRings } from "./producers/producer-rings.ts";
import type { ChannelLike } from "./protocol/message-port.ts";
import * as layout from "./protocol/shared-memory.ts";
import type { FromPcmReceiver, FromProducer, ToPcmReceiver, ToProducer } from "./protocol/threading-messages.ts";
import { CommandSender } from "./rings/command-sender.ts";
import { ControlRing } from "./rings/control-ring.ts";
import { StatusBlock } from "./rings/status-block.ts";

/** How often a shut down looks whether its fade has been heard, and how often at most. */
const FADE_LOOK_MS = 10;
const FADE_LOOKS = 1000;
/** Looks at a clock that stands still before the device counts as gone. */
const STANDSTILL_LOOKS = 50;
/** What a device claims beyond it is not waited for. */
const MAX_LATENCY_MS = 200;
const START_PATIENCE_MS = 5000;
const FLUSH_PATIENCE_MS = 500;

/** Everything that exists from `run` to `shutDown`. Thread: control. */
export class RunningEngine {
	readonly device: AudioDevice;
	readonly memory: EngineMemory;
	readonly samples: SampleMemory;
	readonly port: ControlPort;
	readonly publisher: SamplePublisher;
	readonly status: StatusBlock;
	readonly recorder: PerformanceLog;
	readonly streams: ProducerRings;
	readonly glitches: GlitchWatch;
	readonly #startWatch: StartWatch;
	#wasRunning: boolean;
	#isClosing = false;
	/** Null where memory is shared. */
	readonly #link: KernelConnection | null;
	/** Opens a loader thread's way to the audio thread; null where memory is shared. */
	readonly openPcm: (() => PcmConnection) | null;
	readonly #after: Host["after"];
	readonly #whenIdle: Host["whenIdle"];
	#stopGrowing: (() => void) | null = null;

	constructor(
		device: AudioDevice,
		options: CheckedOptions,
		turns: Pick<Host, "now" | "after" | "whenIdle" | "createChannel">,
		threading: "shared" | "messages",
	) {
		this.device = device;
		// A context of the caller's that runs already is past its start.
		this.#wasRunning = device.state === "running";
		this.#after = turns.after;
		this.#whenIdle = turns.whenIdle;
		const overflow =
			options.voiceOverflow === "drop-newest" ? layout.OVERFLOW_DROP_NEWEST : layout.OVERFLOW_REPLACE_OLDEST;
		const { sampleSlots: slots, voices, memoryBudget } = options;
		const mirror = threading === "messages" ? new Int32Array(layout.SHARED_END / 4) : null;
		const link = mirror === null ? null : new KernelConnection(mirror);
		this.#link = link;
		this.memory = new EngineMemory({ slots, voices, overflow, memoryBudget }, (pages) =>
			mirror === null || link === null ? new SharedBacking(pages) : new MirroredBacking(pages, mirror.buffer, link),
		);
		this.memory.onShort = () => this.#growSoon();
		this.memory.setSampleRate(device.sampleRate, fadeFramesAt(device.sampleRate, options.fadeSeconds));
		const contents = new ContentIndex();
		this.samples = new SampleMemory(this.memory, options.memoryBudget, (address) => contents.forget(address));
		const sender = new CommandSender(this.memory.words, 0);
		const published = (): void => link?.post({ type: "commands", words: sender.take() });
		// The journal is read in between, because more commands may wait than it holds.
		const makeRoom = device instanceof OfflineDevice ? () => device.applyCommands(() => this.recorder.drain()) : null;
		this.samples.relieve = makeRoom;
		const owner = { ...(link !== null && { published }), ...(makeRoom !== null && { makeRoom }) };
		const ring = new ControlRing(this.memory.buffer, 0, owner);
		this.port = new ControlPort(ring, turns.now, (handle) => this.samples.retire(handle));
		this.publisher = new SamplePublisher(this.samples, contents, this.port, device.sampleRate);
		this.status = new StatusBlock(this.memory.buffer);
		this.recorder = new PerformanceLog({
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
			after: device instanceof OfflineDevice ? null : turns.after,
			delivered: () => this.delivered(),
		});
		this.samples.onRetired = () => this.recorder.drain();
		const createChannel = (): ChannelLike<ToProducer, FromProducer> => turns.createChannel();
		const streamLink = link === null ? null : { createChannel, addProducer: link.addProducer.bind(link) };
		this.streams = new ProducerRings(this.memory, options.sampleSlots, streamLink, makeRoom);
		this.openPcm = link === null ? null : () => connectLoader(link, turns.createChannel());
		this.glitches = new GlitchWatch(device, {
			now: turns.now,
			after: turns.after,
			readFrame: () => this.status.read().frame,
		});
		this.#startWatch = new StartWatch(device, turns);
	}

	/** Starts the audio thread. @throws LooperError `unsupported-platform` or `out-of-memory`. */
	async start(module: WebAssembly.Module, onStateChange: () => void): Promise<void> {
		const { memory } = this.memory;
		const link = this.#link;
		this.#growSoon();
		if (memory !== null) await this.device.start({ module, memory }, onStateChange);
		if (link === null) return;
		const header = this.memory.words.slice(layout.HEADER / 4, (layout.HEADER + layout.HEADER_BYTES) / 4);
		const maximumPages = this.memory.limit / layout.WASM_PAGE_BYTES;
		await this.device.startWithMessages({ module, maximumPages, header }, link, onStateChange);
		await settledWithin(link.started, START_PATIENCE_MS, this.#after);
	}

	/** Settles when the audio thread has every command sent so far; with a bound, because a context may have gone. */
	async delivered(): Promise<void> {
		if (this.#link !== null) await settledWithin(this.#link.flush(), FLUSH_PATIENCE_MS, this.#after);
	}

	/** Grows the memory ahead of need, when the thread is idle. */
	#growSoon(): void {
		if (this.#isClosing) return;
		this.#stopGrowing ??= this.#whenIdle(() => {
			this.#stopGrowing = null;
			this.memory.growAhead();
		});
	}

	/** Follows the device into the state that it has now. */
	followDevice(): void {
		if (this.#isClosing) return;
		this.glitches.followDevice();
		this.#followStart();
		this.#followWithMessages();
	}

	/** Keeps triggers back while the output starts, where it would lose them. */
	#followStart(): void {
		const isRunning = this.device.state === "running";
		const hasBegun = isRunning && !this.#wasRunning;
		this.#wasRunning = isRunning;
		if (!isRunning) this.#startWatch.stop();
		if (!hasBegun || !this.device.losesItsStart) return;
		this.port.holdTriggers();
		this.#startWatch.start(() => this.#releaseTriggers());
	}

	#releaseTriggers(): void {
		if (!this.#isClosing && !this.port.releaseTriggers()) this.#after(1, () => this.#releaseTriggers());
	}

	/** Lets messages flow, or keeps them back, as the device's state says. */
	#followWithMessages(): void {
		if (this.#isClosing) return;
		const isRunning = this.device.state === "running";
		this.memory.setEngineState(isRunning ? layout.ENGINE_RUNNING : layout.ENGINE_SUSPENDED);
		if (!isRunning) this.port.hold();
		else if (!this.port.release()) this.#after(1, () => this.#followWithMessages());
	}

	/** Fades everything out, ends the processor and releases the device. */
	async close(): Promise<void> {
		this.#isClosing = true;
		this.#stopGrowing?.();
		this.glitches.stop();
		this.#startWatch.stop();
		await this.#fadeOut();
		this.memory.setEngineState(layout.ENGINE_CLOSED);
		await this.delivered();
		this.#link?.close();
		await this.device.close();
	}

	/** Waits until the fade has been heard, while the audio thread's clock goes on: a device that has gone never plays it. */
	async #fadeOut(): Promise<void> {
		// Offline no further block is pulled.
		if (this.device instanceof OfflineDevice) return;
		if (this.device.state !== "running") return;
		// Streams are refused from here on; what they sent before may still start a voice behind the first stop.
		this.memory.setEngineState(layout.ENGINE_SUSPENDED);
		const { fadeFrames } = this.memory;
		let silentFrame = Number.POSITIVE_INFINITY;
		let seenFrame = -1;
		let standstills = 0;
		for (let look = 0; look < FADE_LOOKS && standstills < STANDSTILL_LOOKS; look++) {
			const { frame, blockFrames, activeVoices } = this.status.read();
			if (frame >= silentFrame && activeVoices === 0) break;
			standstills = frame === seenFrame ? standstills + 1 : 0;
			seenFrame = frame;
			const needsStop = activeVoices > 0 || silentFrame === Number.POSITIVE_INFINITY;
			if (needsStop && this.port.stopAll()) silentFrame = frame + 2 * blockFrames + fadeFrames;
			await this.#pause(FADE_LOOK_MS);
		}
		await this.#pause(Math.min(1000 * this.device.outputLatencySec, MAX_LATENCY_MS));
	}

	#pause(milliseconds: number): Promise<void> {
		return new Promise((resolve) => {
			this.#after(milliseconds, resolve);
		});
	}
}

function connectLoader(
	link: KernelConnection,
	{ port1, port2 }: ChannelLike<FromPcmReceiver, ToPcmReceiver>,
): PcmConnection {
	return { port: port1, drop: link.addLoader(port2) };
}
