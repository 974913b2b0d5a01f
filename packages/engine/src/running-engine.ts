import { checkFrames, checkRenderOptions, momentOf } from "./check-arguments.ts";
import type { AudioDevice } from "./device/audio-device.ts";
import { StartWatch } from "./device/start-watch.ts";
import { DropoutWatch } from "./dropouts/dropout-watch.ts";
import { ringFull, suspended, timedFull } from "./errors.ts";
import type { Host } from "./host.ts";
import { ContentIndex } from "./memory/content-index.ts";
import type { EngineMemory } from "./memory/engine-memory.ts";
import { SampleMemory } from "./memory/sample-memory.ts";
import { type CheckedOptions, fadeFramesAt } from "./options.ts";
import { PerformanceLog } from "./performance/performance-log.ts";
import { ControlPort } from "./playback/control-port.ts";
import { KernelEvents } from "./playback/kernel-events.ts";
import { SamplePublisher } from "./playback/sample-publisher.ts";
import { VoiceHandles } from "./playback/voice-handles.ts";
import { ProducerRings } from "./producers/producer-rings.ts";
import * as command from "./protocol/commands.ts";
import type { PadEvent, PlayOptions, RenderOptions, Voice } from "./protocol/engine-types.ts";
import type { OwnedFloats } from "./protocol/platform-types.ts";
import * as layout from "./protocol/shared-memory.ts";
import { importRecording, type RecordingParts } from "./recording/import-recording.ts";
import type { Recorder } from "./recording/recorder.ts";
import type { RecorderTools } from "./recording/recorder-tools.ts";
import type { RecordHere } from "./recording/recording-connection.ts";
import { CommandWriter } from "./rings/command-writer.ts";
import { ControlRing } from "./rings/control-ring.ts";
import { IMMEDIATELY, type Moment } from "./rings/moment.ts";
import { StatusBlock } from "./rings/status-block.ts";
import type { Scheduler } from "./scheduler.ts";
import { Cancellation } from "./source/cancellation.ts";
import type { PcmConnection, Threading } from "./threading/threading.ts";
import type { TransportPosition } from "./transport.ts";

/** The event ring holds 1,024 events; pads change less often. */
const EVENT_POLL_MS = 20;
/** How often a shutdown polls whether its fade has been heard, and how often at most. */
const FADE_POLL_MS = 10;
const FADE_POLLS = 1000;
/** Polls of a clock that stands still before the device counts as gone. */
const STANDSTILL_POLLS = 50;
/** Longest output latency that is waited for, whatever a device reports. */
const MAX_LATENCY_MS = 200;

/** What an engine sounds through. */
export interface EngineOutput {
	readonly device: AudioDevice;
	/** What records on the control thread, where that renders; null elsewhere. */
	readonly recordHere: RecordHere | null;
}

/** Everything that exists from the first load, or `run`, to `shutDown`. Thread: control. */
export class RunningEngine {
	readonly device: AudioDevice;
	readonly memory: EngineMemory;
	readonly samples: SampleMemory;
	readonly port: ControlPort;
	readonly writer: CommandWriter = new CommandWriter((words) => this.port.send(words));
	readonly voices: VoiceHandles;
	readonly publisher: SamplePublisher;
	readonly status: StatusBlock;
	readonly performanceLog: PerformanceLog;
	readonly producers: ProducerRings;
	readonly dropouts: DropoutWatch;
	/** Ends what reads samples when the engine closes. */
	readonly closing: Cancellation = new Cancellation();
	readonly #recorderTools: RecorderTools;
	/** Made for the first take, or to keep the last seconds; null before. */
	recorder: Recorder | null = null;
	/** Null unless it was imported to keep the last seconds. */
	#recordingParts: RecordingParts | null = null;
	readonly #kernelEvents: KernelEvents;
	readonly #startWatch: StartWatch;
	readonly #threading: Threading;
	readonly #scheduler: Scheduler;
	readonly #skipBackSeconds: number;
	#wasRunning: boolean;
	#isClosing = false;
	#stopGrowing: (() => void) | null = null;

	constructor({ device, recordHere }: EngineOutput, threading: Threading, options: CheckedOptions, host: Host) {
		const { sampleSlots, voices, voiceOverflow, memoryBudget, fadeSeconds } = options;
		this.device = device;
		this.#skipBackSeconds = options.skipBackSeconds;
		this.#threading = threading;
		const scheduler: Scheduler = host;
		this.#scheduler = scheduler;
		// A context of the caller's that is running is past its start.
		this.#wasRunning = device.state === "running";
		this.memory = threading.memory;
		this.memory.onShort = () => this.#growSoon();
		this.memory.setSampleRate(device.sampleRate, fadeFramesAt(device.sampleRate, fadeSeconds));
		const contents = new ContentIndex();
		this.samples = new SampleMemory(this.memory, memoryBudget, (address) => contents.forget(address));
		// The journal is read in between, because more commands may wait than it holds.
		const { pulled } = device;
		const makeRoom = pulled === null ? null : () => pulled.applyCommands(() => this.performanceLog.drain());
		this.samples.relieve = makeRoom;
		const published = (): void => threading.commandWritten();
		const ring = new ControlRing(this.memory.buffer, 0, { published, ...(makeRoom !== null && { makeRoom }) });
		this.port = new ControlPort(ring, scheduler.now, (words) => this.#discard(words));
		this.voices = new VoiceHandles((atFrame, write) => this.sendAll(1, atFrame, write), device.sampleRate);
		this.publisher = new SamplePublisher(this.samples, contents, this.port, device.sampleRate);
		this.status = new StatusBlock(this.memory.buffer);
		const { fadeFrames } = this.memory;
		this.performanceLog = new PerformanceLog({
			memory: this.memory,
			status: this.status,
			engine: { sampleRate: device.sampleRate, sampleSlots, voices, voiceOverflow, fadeFrames },
			sampleOf: (handle) => this.publisher.sampleOf(handle),
			after: pulled === null ? scheduler.after : null,
			delivered: () => this.delivered(),
		});
		this.samples.onRetired = () => this.performanceLog.drain();
		this.producers = new ProducerRings(threading, sampleSlots, makeRoom);
		const readFrame = (): number => this.status.read().frame;
		this.dropouts = new DropoutWatch(device, { now: scheduler.now, after: scheduler.after, readFrame });
		this.#startWatch = new StartWatch(device, scheduler);
		this.#kernelEvents = new KernelEvents(
			this.memory.words,
			(event) => this.onPadChanged(event),
			(number) => this.voices.end(number),
		);
		this.#recorderTools = {
			host,
			threading,
			memory: this.memory,
			samples: this.samples,
			sampleRate: device.sampleRate,
			send: (write) => this.sendAll(1, IMMEDIATELY, write),
			isHeld: () => this.port.isHeld,
			connectInput: (stream) => ({
				disconnect: device.connectInput(stream),
				delayFrames: Math.round(device.outputLatencySec * device.sampleRate),
			}),
			frame: readFrame,
			applyCommands: makeRoom,
			recordHere,
		};
		if (pulled === null) this.#pollEvents();
	}

	/** Lets go of what a command that is not sent held. */
	#discard(words: Int32Array): void {
		if (words[command.COMMAND_TYPE / 4] === command.LOAD_SAMPLE) {
			this.samples.retire(words[command.LOAD_HANDLE / 4] ?? 0);
		} else {
			this.voices.end((words[command.PLAY_VOICE / 4] ?? 0) >>> 0);
		}
	}

	/** Renders frames into fresh channels. @throws RangeError for wrong frames; TypeError for wrong options, or when the output is a device. */
	render(frames: number, options: RenderOptions<boolean>): OwnedFloats[] {
		checkFrames(frames);
		const channelCount = checkRenderOptions(options);
		const { pulled } = this.device;
		if (pulled === null) throw notPulled();
		const channels = Array.from({ length: channelCount }, () => new Float32Array(frames));
		pulled.render(channels, () => this.drain());
		return channels;
	}

	/** Called with each change of a pad's state. */
	onPadChanged: (event: PadEvent) => void = () => {};

	/** Where the transport was in the newest block. */
	get transportPosition(): TransportPosition {
		return { ...this.status.readTransport(), sampleRate: this.device.sampleRate, frame: this.status.read().frame };
	}

	/** Starts a voice. @param options - checked; @throws LooperError `ring-full`, or `not-running` for a line while suspended. */
	play(slot: number, velocity: number, options: PlayOptions): Voice {
		const moment = momentOf(options);
		this.checkLine(moment);
		const settings = this.voices.settingsOf(options);
		const flags = options.loop === true ? command.PLAY_LOOPING : 0;
		this.checkSent(this.writer.playVoice(slot, velocity, flags, settings, moment), moment);
		return this.voices.handleOf(settings.number);
	}

	/** Renders the next frames. @throws TypeError when the output is a device. */
	renderOffline(channels: readonly Float32Array[]): void {
		const { pulled } = this.device;
		if (pulled === null) throw notPulled();
		pulled.render(channels, () => this.drain());
	}

	/** Reads what the audio thread has written: the control thread's own renders are followed by it, a device's within 20 ms. */
	drain(): void {
		this.performanceLog.drain();
		this.#kernelEvents.drain();
		this.recorder?.drain();
	}

	#pollEvents(): void {
		this.#scheduler.after(EVENT_POLL_MS, () => {
			if (this.#isClosing) return;
			this.#kernelEvents.drain();
			this.recorder?.follow();
			this.#pollEvents();
		});
	}

	/** Starts the audio thread. @throws LooperError `unsupported-platform` or `out-of-memory`. */
	async start(module: WebAssembly.Module, onStateChange: () => void): Promise<void> {
		this.#growSoon();
		await this.#threading.start(this.device, module, onStateChange);
	}

	/** Imports what the option `skipBackSeconds` takes. */
	async prepareToKeep(): Promise<void> {
		// What is saved later asks for it again, and rethrows.
		if (this.#skipBackSeconds > 0) this.#recordingParts = await importRecording().catch(() => null);
	}

	/** Begins to keep what the option `skipBackSeconds` asks for. */
	keepLast(): void {
		if (this.#recordingParts !== null) this.openRecorder(this.#recordingParts.Recorder);
	}

	/** The recorder, which keeps what the option `skipBackSeconds` asks for from now on. @param made - its class */
	openRecorder(made: typeof Recorder): Recorder {
		if (this.recorder === null) {
			this.recorder = new made(this.#recorderTools);
			if (this.#skipBackSeconds > 0) this.recorder.keep(this.#skipBackSeconds);
		}
		return this.recorder;
	}

	/** Opens a loader thread's connection for its PCM. */
	connectPcm(): PcmConnection {
		return this.#threading.connectLoader();
	}

	/** Settles when the audio thread has every command sent so far; with a bound, because a context may be gone. */
	delivered(): Promise<void> {
		return this.#threading.delivered();
	}

	/** Sends all commands that `write` writes, or none. @throws LooperError `ring-full`; `not-running` for a moment while suspended. */
	sendAll(count: number, moment: Moment, write: (writer: CommandWriter) => boolean): void {
		const isTimed = moment !== IMMEDIATELY;
		// What is kept is sent without regard to moments.
		if (isTimed && this.port.isHeld) throw suspended();
		this.checkSent(this.port.hasRoomFor(count, isTimed) && write(this.writer), moment, count);
	}

	/** @throws LooperError `not-running` for a line while suspended: a transport that stands still has none. */
	checkLine(moment: Moment): void {
		if (moment < IMMEDIATELY && this.port.isHeld) throw suspended();
	}

	/** @param isSent - what the writer answered; @throws LooperError `ring-full` when it is false. */
	checkSent(isSent: boolean, moment: Moment = IMMEDIATELY, count: number = 1): void {
		if (isSent) return;
		const isTimedFull = moment !== IMMEDIATELY && this.port.timedRoom < count;
		throw (isTimedFull ? timedFull : ringFull)(layout.CONTROL_RING_COMMANDS);
	}

	/** Grows the memory ahead of need, when the thread is idle. */
	#growSoon(): void {
		if (this.#isClosing) return;
		this.#stopGrowing ??= this.#scheduler.whenIdle(() => {
			this.#stopGrowing = null;
			this.memory.growAhead();
		});
	}

	/** Follows the device into the state that it has now. */
	followDevice(): void {
		if (this.#isClosing) return;
		this.dropouts.followDevice();
		this.#followStart();
		this.#followWithCommands();
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
		if (!this.#isClosing && !this.port.releaseTriggers()) this.#scheduler.after(1, () => this.#releaseTriggers());
	}

	/** Lets commands flow, or keeps them back, as the device's state says. */
	#followWithCommands(): void {
		if (this.#isClosing) return;
		const isRunning = this.device.state === "running";
		this.memory.setEngineState(isRunning ? layout.ENGINE_RUNNING : layout.ENGINE_SUSPENDED);
		if (!isRunning) this.port.hold();
		else if (!this.port.release()) this.#scheduler.after(1, () => this.#followWithCommands());
	}

	/** Fades everything out, ends the processor and releases the device. */
	async close(): Promise<void> {
		this.#isClosing = true;
		this.closing.cancel();
		this.#stopGrowing?.();
		this.dropouts.stop();
		this.#startWatch.stop();
		await this.#fadeOut();
		await this.recorder?.close();
		this.memory.setEngineState(layout.ENGINE_CLOSED);
		await this.delivered();
		this.#threading.close();
		await this.device.close();
		this.voices.endAll();
	}

	/** Waits until the fade has been heard, as long as the audio thread's clock advances: a device that is gone never plays it. */
	async #fadeOut(): Promise<void> {
		// Offline no further block is rendered.
		if (this.device.pulled !== null) return;
		if (this.device.state !== "running") return;
		// Streams are refused from here on; their earlier commands may still start a voice after the first stop.
		this.memory.setEngineState(layout.ENGINE_SUSPENDED);
		const { fadeFrames } = this.memory;
		let silentFrame = Number.POSITIVE_INFINITY;
		let seenFrame = -1;
		let standstills = 0;
		for (let poll = 0; poll < FADE_POLLS && standstills < STANDSTILL_POLLS; poll++) {
			const { frame, blockFrames, activeVoices } = this.status.read();
			if (frame >= silentFrame && activeVoices === 0) break;
			standstills = frame === seenFrame ? standstills + 1 : 0;
			seenFrame = frame;
			const needsStop = activeVoices > 0 || silentFrame === Number.POSITIVE_INFINITY;
			if (needsStop && this.writer.stopAll()) silentFrame = frame + 2 * blockFrames + fadeFrames;
			await this.#pause(FADE_POLL_MS);
		}
		await this.#pause(Math.min(1000 * this.device.outputLatencySec, MAX_LATENCY_MS));
	}

	#pause(milliseconds: number): Promise<void> {
		return new Promise((resolve) => {
			this.#scheduler.after(milliseconds, resolve);
		});
	}
}

function notPulled(): TypeError {
	return new TypeError('This engine plays on a device. Make one with output: "offline" for renderOffline.');
}
