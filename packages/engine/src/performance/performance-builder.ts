import * as message from "../protocol/commands.ts";
import { MAX_FADE_FRAMES, VOICE_LOOPING, VOICE_STARTED } from "../protocol/layout.ts";
import {
	MAX_PERFORMANCE_COMMANDS,
	PERFORMANCE_FORMAT,
	PERFORMANCE_VERSION,
	type Performance,
	type PerformanceCommand,
	type PerformanceEngine,
	type PerformanceGain,
	type PerformanceSample,
	type PerformanceSlot,
	type PerformanceVoice,
} from "./performance.ts";
import { digitsFromWords } from "./tail-digits.ts";

/** Bytes of one frame of the tail: left and right, f32. */
const TAIL_FRAME_BYTES = 8;
/** -Infinity cannot be written in JSON; this is silence, too. */
const SILENCE_DECIBELS = -1000;

/**
 * Makes a performance of the journal's records, which come in the kernel's order: the state, then commands, then the end. What
 * comes before the state belongs to an older recording.
 *
 * Thread: control.
 */
export class PerformanceBuilder {
	readonly #engine: PerformanceEngine;
	readonly #sampleOf: (handle: number) => PerformanceSample | undefined;
	readonly #places: Map<string, number> = new Map();
	readonly #samples: PerformanceSample[] = [];
	readonly #slots: PerformanceSlot[] = [];
	readonly #voices: PerformanceVoice[] = [];
	readonly #commands: PerformanceCommand[] = [];
	readonly #tail: DataView<ArrayBuffer> = new DataView(new ArrayBuffer(MAX_FADE_FRAMES * TAIL_FRAME_BYTES));
	#tailFrames = 0;
	#gain: PerformanceGain | null = null;
	#startFrame: number | null = null;
	#endFrame: number | null = null;

	/** @param sampleOf - what lies under a handle now */
	constructor(engine: PerformanceEngine, sampleOf: (handle: number) => PerformanceSample | undefined) {
		this.#engine = engine;
		this.#sampleOf = sampleOf;
	}

	/** The engine's frame with which the recording began; null until its first record has come. */
	get startFrame(): number | null {
		return this.#startFrame;
	}

	get isEnded(): boolean {
		return this.#endFrame !== null;
	}

	/** True when no further command would be read back. */
	get isFull(): boolean {
		return this.#commands.length >= MAX_PERFORMANCE_COMMANDS;
	}

	/** Takes the next record of the journal. @throws Error when a handle has no sample. */
	take(record: DataView): void {
		const type = record.getUint32(message.COMMAND_TYPE, true);
		if (type === message.RESTORE_BEGIN) this.#startFrame = frameOf(record);
		if (this.#startFrame === null || this.isEnded) return;
		switch (type) {
			case message.RESTORE_GAIN:
				this.#gain = gainOf(record);
				break;
			case message.RESTORE_VOICE:
				this.#takeVoice(record);
				break;
			case message.RESTORE_TAIL:
				this.#takeTail(record);
				break;
			case message.RECORDING_END:
				this.#endFrame = frameOf(record);
				break;
			default:
				this.#takeCommand(record, type & ~message.AT_FRAME, frameOf(record) - this.#startFrame);
		}
	}

	/**
	 * @param endFrame - the engine's frame that the performance ends before, unless the journal has said so itself
	 * @returns the performance; an empty one when the recording has not begun.
	 */
	build(endFrame: number): Performance {
		const start = this.#startFrame ?? 0;
		const frames = this.#startFrame === null ? 0 : Math.max((this.#endFrame ?? endFrame) - start, 0);
		const { fadeFrames } = this.#engine;
		// What took effect at the frame behind the last belongs to nobody.
		const commands = this.#commands.filter(({ frame }) => frame < frames);
		const tail = new Uint32Array(this.#tailFrames * 2).map((_, index) => this.#tail.getUint32(4 * index));
		return {
			format: PERFORMANCE_FORMAT,
			version: PERFORMANCE_VERSION,
			frames,
			engine: this.#engine,
			samples: this.#samples.slice(0, this.#placesIn(commands)),
			start: {
				slots: this.#slots,
				voices: this.#voices,
				gain: this.#gain ?? { target: 1, rampStart: 1, rampPosition: fadeFrames },
				tail: digitsFromWords(tail),
			},
			commands,
		};
	}

	/** How many samples the state and the commands name; places are given in the order of their first use. */
	#placesIn(commands: readonly PerformanceCommand[]): number {
		let places = 0;
		for (const { sample } of [...this.#slots, ...this.#voices]) places = Math.max(places, sample + 1);
		for (const command of commands) if (command.type === "load") places = Math.max(places, command.sample + 1);
		return places;
	}

	#takeCommand(record: DataView, type: number, frame: number): void {
		const slot = record.getUint32(message.COMMAND_SLOT, true);
		switch (type) {
			case message.LOAD_SAMPLE: {
				const sample = this.#placeOf(record.getUint32(message.LOAD_HANDLE, true));
				// The state names the filled slots before the gain.
				if (this.#gain === null) this.#slots.push({ slot, sample });
				else this.#commands.push({ frame, type: "load", slot, sample });
				break;
			}
			case message.PLAY_SAMPLE: {
				const loop = (record.getUint32(message.PLAY_FLAGS, true) & message.PLAY_LOOPING) !== 0;
				const velocity = record.getFloat32(message.PLAY_VELOCITY, true);
				this.#commands.push({ frame, type: "play", slot, velocity, loop });
				break;
			}
			case message.STOP_SAMPLE:
				this.#commands.push({ frame, type: "stop", slot });
				break;
			case message.UNLOAD_SAMPLE:
				this.#commands.push({ frame, type: "unload", slot });
				break;
			case message.STOP_ALL:
				this.#commands.push({ frame, type: "stopAll" });
				break;
			case message.SET_MASTER_GAIN: {
				const decibels = Math.max(record.getFloat32(message.GAIN_DECIBELS, true), SILENCE_DECIBELS);
				this.#commands.push({ frame, type: "gain", decibels });
				break;
			}
		}
	}

	#takeVoice(record: DataView): void {
		const flags = record.getUint32(message.RESTORE_FORM, true) >>> 8;
		const round = record.getFloat64(message.RESTORE_ROUND, true);
		const voice = {
			slot: record.getUint32(message.COMMAND_SLOT, true),
			sample: this.#placeOf(record.getUint32(message.RESTORE_HANDLE, true)),
			loop: (flags & VOICE_LOOPING) !== 0,
			position: record.getUint32(message.RESTORE_POSITION, true),
			...(round > 0 ? { round } : {}),
			velocity: record.getFloat32(message.RESTORE_VELOCITY, true),
		};
		if ((flags & VOICE_STARTED) !== 0) this.#voices.push(voice);
		else this.#startVoice(voice);
	}

	/** Offline a voice may stand before its first frame when the recording begins: its trigger is the performance's then. */
	#startVoice({ slot, sample, loop, velocity }: PerformanceVoice): void {
		const filled = this.#slots.find((other) => other.slot === slot);
		const isReplaced = filled !== undefined && filled.sample !== sample;
		if (isReplaced) this.#commands.push({ frame: 0, type: "load", slot, sample });
		this.#commands.push({ frame: 0, type: "play", slot, velocity, loop });
		if (isReplaced) this.#commands.push({ frame: 0, type: "load", slot, sample: filled.sample });
	}

	#takeTail(record: DataView): void {
		const first = record.getUint32(message.COMMAND_SLOT, true);
		const frames = Math.min(message.RESTORE_TAIL_FRAMES, MAX_FADE_FRAMES - first);
		for (let word = 0; word < frames * 2; word++) {
			const bits = record.getUint32(message.RESTORE_TAIL_SAMPLES + 4 * word, true);
			this.#tail.setUint32(first * TAIL_FRAME_BYTES + 4 * word, bits);
		}
		this.#tailFrames = Math.max(this.#tailFrames, first + frames);
	}

	/** The place of a handle's sample in the performance's list; the same content has one. */
	#placeOf(handle: number): number {
		const sample = this.#sampleOf(handle);
		if (sample === undefined) throw new Error(`nothing is known of the sample under handle ${handle}`);
		const key = `${sample.contentHash} ${sample.trimEncoderDelay} ${sample.pcmChecksum}`;
		const place = this.#places.get(key) ?? this.#samples.push(sample) - 1;
		this.#places.set(key, place);
		return place;
	}
}

function gainOf(record: DataView): PerformanceGain {
	return {
		target: record.getFloat32(message.RESTORE_GAIN_TARGET, true),
		rampStart: record.getFloat64(message.RESTORE_GAIN_START, true),
		rampPosition: record.getUint32(message.RESTORE_GAIN_POSITION, true),
	};
}

/** Exact to 2^53. */
function frameOf(record: DataView): number {
	return (
		record.getUint32(message.COMMAND_FRAME_HIGH, true) * 2 ** 32 + record.getUint32(message.COMMAND_FRAME_LOW, true)
	);
}
