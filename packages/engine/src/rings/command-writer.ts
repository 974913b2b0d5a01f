import type { VoiceSettings } from "../playback/voice-settings.ts";
import * as command from "../protocol/commands.ts";
import type { LoopSeam } from "../protocol/loop-seam.ts";
import { COMMAND_BYTES } from "../protocol/shared-memory.ts";
import type { Slice } from "../protocol/slice.ts";
import { IMMEDIATELY, type Moment, quantumOf } from "./moment.ts";
import { sliceCommands, writeSlices } from "./slice-words.ts";

/** Words of a command. */
export const COMMAND_WORDS: number = COMMAND_BYTES / 4;

/** Where a sample lies in the engine memory. */
export interface PlacedSample {
	readonly handle: number;
	/** Address of frame 0. */
	readonly address: number;
	readonly frames: number;
	readonly channels: number;
	/** Frames per frame of the source file; 1 when left out. */
	readonly ratio?: number;
	/** How it loops; null when its frames are the loop themselves. */
	readonly seam?: LoopSeam | null;
}

/** What is captured: one of the SOURCE constants, the pad, and by how many frames it is late. */
export interface LateSource {
	readonly kind: number;
	readonly pad: number;
	readonly delayFrames: number;
}

/** A beat that the transport had at a frame of 0 or before. */
export interface TransportAnchor {
	readonly beat: number;
	readonly frame: number;
}

/**
 * Encodes commands and sends them: into a ring, through the control port, or into a list.
 *
 * Every method returns what `send` returns. `slot` is 0..MAX_SLOTS - 1. Does not allocate.
 */
export class CommandWriter {
	readonly #send: (words: Int32Array) => boolean;
	readonly #words: Int32Array<ArrayBuffer> = new Int32Array(COMMAND_WORDS);
	readonly #doubles: Float64Array = new Float64Array(this.#words.buffer);
	readonly #floats: Float32Array = new Float32Array(this.#words.buffer);
	readonly #view: DataView = new DataView(this.#words.buffer);

	/** @param send - takes COMMAND_WORDS words, which it does not keep; false when there is no room */
	constructor(send: (words: Int32Array) => boolean) {
		this.#send = send;
	}

	/** @param moment - only in a replay: elsewhere a load takes effect at once */
	loadSample(slot: number, sample: PlacedSample, moment: Moment = IMMEDIATELY): boolean {
		this.#begin(command.LOAD_SAMPLE, slot, moment);
		this.#words[command.LOAD_HANDLE / 4] = sample.handle;
		this.#words[command.LOAD_ADDRESS / 4] = sample.address;
		this.#words[command.LOAD_FRAMES / 4] = sample.frames;
		this.#words[command.LOAD_CHANNELS / 4] = sample.channels;
		this.#words[command.LOAD_EDGE_FRAMES / 4] = sample.seam?.edgeFrames ?? 0;
		this.#doubles[command.LOAD_LOOP_FRAMES / 8] = sample.seam?.loopFrames ?? sample.frames;
		this.#doubles[command.LOAD_RATIO / 8] = sample.ratio ?? 1;
		return this.#send(this.#words);
	}

	/** @param velocity - 0..1; @param flags - PLAY_LOOPING or 0 */
	playSample(slot: number, velocity: number, flags: number, moment: Moment = IMMEDIATELY): boolean {
		this.#begin(command.PLAY_SAMPLE, slot, moment);
		this.#doubles[command.PLAY_VELOCITY / 8] = velocity;
		this.#words[command.PLAY_FLAGS / 4] = flags;
		return this.#send(this.#words);
	}

	/** Starts a voice with more to say about it. */
	playVoice(
		slot: number,
		velocity: number,
		flags: number,
		voice: VoiceSettings,
		moment: Moment = IMMEDIATELY,
	): boolean {
		this.#begin(command.PLAY_SAMPLE, slot, moment);
		this.#doubles[command.PLAY_VELOCITY / 8] = velocity;
		this.#words[command.PLAY_FLAGS / 4] = flags;
		this.#words[command.PLAY_VOICE / 4] = voice.number;
		this.#doubles[command.PLAY_RATE / 8] = voice.rate;
		this.#doubles[command.PLAY_OFFSET / 8] = voice.offset;
		this.#floats[command.PLAY_PAN / 4] = voice.pan;
		this.#words[command.PLAY_FADE_IN / 4] = voice.fadeInFrames;
		this.#doubles[command.PLAY_GAIN / 8] = voice.gain - 1;
		return this.#send(this.#words);
	}

	/** @param number - of `playVoice`; @param fadeFrames - 0 = the usual */
	stopVoice(number: number, fadeFrames: number, moment: Moment = IMMEDIATELY): boolean {
		this.#begin(command.STOP_VOICE, 0, moment);
		this.#words[command.VOICE_NUMBER / 4] = number;
		this.#words[command.VOICE_FADE_FRAMES / 4] = fadeFrames;
		return this.#send(this.#words);
	}

	/** @param gain - a factor */
	setVoiceGain(number: number, gain: number, moment: Moment = IMMEDIATELY): boolean {
		this.#begin(command.SET_VOICE_GAIN, 0, moment);
		this.#words[command.VOICE_NUMBER / 4] = number;
		this.#doubles[command.VOICE_GAIN / 8] = gain;
		return this.#send(this.#words);
	}

	stopSample(slot: number, moment: Moment = IMMEDIATELY): boolean {
		this.#begin(command.STOP_SAMPLE, slot, moment);
		return this.#send(this.#words);
	}

	stopAll(moment: Moment = IMMEDIATELY): boolean {
		this.#begin(command.STOP_ALL, 0, moment);
		return this.#send(this.#words);
	}

	unloadSample(slot: number, moment: Moment = IMMEDIATELY): boolean {
		this.#begin(command.UNLOAD_SAMPLE, slot, moment);
		return this.#send(this.#words);
	}

	/** @param parameter - one of parameters.ts; @param slot - 0 for those of the master */
	setParameter(slot: number, parameter: number, value: number, moment: Moment = IMMEDIATELY): boolean {
		this.#begin(command.SET_PARAMETER, slot, moment);
		this.#words[command.PARAMETER_NUMBER / 4] = parameter;
		this.#doubles[command.PARAMETER_VALUE / 8] = value;
		return this.#send(this.#words);
	}

	/** @param velocity - 0..1 */
	press(slot: number, velocity: number, moment: Moment = IMMEDIATELY): boolean {
		this.#begin(command.PRESS, slot, moment);
		this.#doubles[command.PRESS_VELOCITY / 8] = velocity;
		return this.#send(this.#words);
	}

	release(slot: number, moment: Moment = IMMEDIATELY): boolean {
		this.#begin(command.RELEASE, slot, moment);
		return this.#send(this.#words);
	}

	stopPad(slot: number, moment: Moment = IMMEDIATELY): boolean {
		this.#begin(command.STOP_PAD, slot, moment);
		return this.#send(this.#words);
	}

	cancelQueued(slot: number, moment: Moment = IMMEDIATELY): boolean {
		this.#begin(command.CANCEL_QUEUED, slot, moment);
		return this.#send(this.#words);
	}

	pausePad(slot: number, moment: Moment = IMMEDIATELY): boolean {
		this.#begin(command.PAUSE_PAD, slot, moment);
		return this.#send(this.#words);
	}

	resumePad(slot: number, moment: Moment = IMMEDIATELY): boolean {
		this.#begin(command.RESUME_PAD, slot, moment);
		return this.#send(this.#words);
	}

	/** @param frame - of the source file */
	seekPad(slot: number, frame: number, moment: Moment = IMMEDIATELY): boolean {
		this.#begin(command.SEEK_PAD, slot, moment);
		this.#doubles[command.ARGUMENT / 8] = frame;
		return this.#send(this.#words);
	}

	rollPad(slot: number, beats: number, moment: Moment = IMMEDIATELY): boolean {
		this.#begin(command.ROLL_PAD, slot, moment);
		this.#doubles[command.ARGUMENT / 8] = beats;
		return this.#send(this.#words);
	}

	endRoll(slot: number, moment: Moment = IMMEDIATELY): boolean {
		this.#begin(command.END_ROLL, slot, moment);
		return this.#send(this.#words);
	}

	/** Sends `sliceCommands(slices.length)` commands, which count together. @param slices - checked, 128 at most */
	setSlices(slot: number, slices: readonly Slice[], moment: Moment = IMMEDIATELY): boolean {
		for (let index = 0; index < sliceCommands(slices.length); index++) {
			this.#begin(command.SET_SLICES, slot, moment);
			writeSlices(this.#view, slices, index * command.SLICES_PER_COMMAND);
			if (!this.#send(this.#words)) return false;
		}
		return true;
	}

	/** @param anchor - only in a replay: elsewhere it starts at the beat that it was moved to last */
	startTransport(moment: Moment = IMMEDIATELY, anchor: TransportAnchor | null = null): boolean {
		this.#begin(command.START_TRANSPORT, 0, moment);
		if (anchor !== null) {
			this.#words[command.START_ANCHORED / 4] = 1;
			this.#doubles[command.START_ANCHOR_BEAT / 8] = anchor.beat;
			this.#doubles[command.START_ANCHOR_AGE / 8] = -anchor.frame;
		}
		return this.#send(this.#words);
	}

	stopTransport(moment: Moment = IMMEDIATELY): boolean {
		this.#begin(command.STOP_TRANSPORT, 0, moment);
		return this.#send(this.#words);
	}

	/** @param beat - 0..MAX_BEAT */
	moveTransport(beat: number, moment: Moment = IMMEDIATELY): boolean {
		this.#begin(command.MOVE_TRANSPORT, 0, moment);
		this.#doubles[command.ARGUMENT / 8] = beat;
		return this.#send(this.#words);
	}

	/** @param beats - -MAX_BEATS..MAX_BEATS */
	nudgeTransport(beats: number, moment: Moment = IMMEDIATELY): boolean {
		this.#begin(command.NUDGE_TRANSPORT, 0, moment);
		this.#doubles[command.ARGUMENT / 8] = beats;
		return this.#send(this.#words);
	}

	/**
	 * Begins a capture.
	 *
	 * @param number - one of the CAPTURE constants;
	 */
	startCapture(number: number, name: number, source: LateSource, atFrame: number): boolean {
		this.#begin(command.START_CAPTURE, source.pad, IMMEDIATELY);
		this.#words[command.CAPTURE_SOURCE / 4] = source.kind;
		this.#words[command.CAPTURE_DELAY / 4] = source.delayFrames;
		return this.#sendCapture(number, name, atFrame);
	}

	/** Ends a capture. */
	stopCapture(number: number, name: number, atFrame: number): boolean {
		this.#begin(command.STOP_CAPTURE, 0, IMMEDIATELY);
		return this.#sendCapture(number, name, atFrame);
	}

	#sendCapture(number: number, name: number, atFrame: number): boolean {
		this.#words[command.CAPTURE_NUMBER / 4] = number;
		this.#words[command.CAPTURE_NAME / 4] = name;
		// A frame that has passed is the next one.
		this.#doubles[command.CAPTURE_FRAME / 8] = Math.max(atFrame, 0);
		return this.#send(this.#words);
	}

	/** Plays a list of commands in the heap. */
	startReplay(address: number, count: number): boolean {
		this.#begin(command.START_REPLAY, 0, IMMEDIATELY);
		this.#words[command.REPLAY_ADDRESS / 4] = address;
		this.#words[command.REPLAY_COUNT / 4] = count;
		return this.#send(this.#words);
	}

	#begin(type: number, slot: number, moment: Moment): void {
		for (let word = 0; word < COMMAND_WORDS; word++) this.#words[word] = 0;
		this.#words[command.COMMAND_SLOT / 4] = slot;
		if (moment === IMMEDIATELY) {
			this.#words[command.COMMAND_TYPE / 4] = type;
		} else if (moment < IMMEDIATELY) {
			this.#words[command.COMMAND_TYPE / 4] = type | command.AT_LINE;
			this.#doubles[command.COMMAND_FRAME_LOW / 8] = quantumOf(moment);
		} else {
			this.#words[command.COMMAND_TYPE / 4] = type | command.AT_FRAME;
			this.#words[command.COMMAND_FRAME_LOW / 4] = moment | 0;
			// Avoid the division: unoptimized code boxes the double.
			this.#words[command.COMMAND_FRAME_HIGH / 4] = moment < 2 ** 32 ? 0 : Math.floor(moment / 2 ** 32);
		}
	}
}
