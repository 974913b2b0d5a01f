import { LAUNCH_GATE, LAUNCH_TOGGLE, PAD_LAUNCH_MODE, PAD_LOOP } from "../../engine/src/protocol/parameters.ts";
import { OVERFLOW_DROP_NEWEST } from "../../engine/src/protocol/shared-memory.ts";
import { GainRamp } from "./gain-ramp.ts";
import type { Command, KernelOptions, PlacedSample } from "./kernel-host.ts";
import { advance, isAudible, type Voice } from "./model-voice.ts";

const SAMPLE_RATE = 48_000;
/** A parameter moves for 10 ms. */
const RAMP_FRAMES = SAMPLE_RATE / 100;

/** A pad: what it holds, its parameters and its strip. */
interface Pad {
	sample: PlacedSample | undefined;
	readonly parameters: Map<number, number>;
	readonly gain: GainRamp;
	busySince: number;
}

/**
 * Which voices sound, frame by frame, and at which gains: the rules that performers rely on, in plain JavaScript. What is heard
 * of the voices is for the classes derived from it.
 */
export abstract class VoiceModel {
	protected readonly options: Required<KernelOptions>;
	/** In the order of their start. */
	protected voices: Voice[] = [];
	protected readonly pads: readonly Pad[];
	protected readonly master: GainRamp = new GainRamp(RAMP_FRAMES);
	#busySince = 0;
	#clock = 0;
	#releases = 0;
	/** In the order of their frames, of one frame in the order of their arrival. */
	#waiting: Command[] = [];

	constructor(options: KernelOptions = {}) {
		this.options = { slots: 32, voices: 32, overflow: 0, fadeFrames: 240, sampleRate: SAMPLE_RATE, ...options };
		this.pads = Array.from({ length: this.options.slots }, () => ({
			sample: undefined,
			parameters: new Map(),
			gain: new GainRamp(RAMP_FRAMES),
			busySince: 0,
		}));
	}

	/** Does at once what has no frame or one that has passed, and keeps the rest. */
	send(command: Command): void {
		const { atFrame } = command;
		if (atFrame === undefined && command.type === "stopAll") this.#waiting = [];
		if (atFrame === undefined || atFrame <= this.#clock) {
			this.#apply(command);
			return;
		}
		const later = this.#waiting.findIndex((other) => (other.atFrame ?? 0) > atFrame);
		this.#waiting.splice(later === -1 ? this.#waiting.length : later, 0, command);
	}

	/** A voice that has sounded begins its release. */
	protected beginRelease(voice: Voice): void {
		voice.release = { frames: 0, order: this.#releases++ };
	}

	/** The part of a voice's velocity that its next frame has: less than 1 while it is released or fades in. */
	protected fadeOf({ release, startFrame, fadeInFrames }: Voice): number {
		const { fadeFrames } = this.options;
		const left = release === null ? 1 : Math.fround((fadeFrames - release.frames) / fadeFrames);
		const passed = this.#clock - startFrame;
		return passed < fadeInFrames ? Math.fround(left * Math.fround(passed / fadeInFrames)) : left;
	}

	/** Moves every voice and gain on to the next frame. */
	protected finishFrame(): void {
		for (const voice of this.voices) {
			advance(voice);
			if (voice.release !== null) voice.release.frames++;
		}
		this.voices = this.voices.filter(
			(voice) => isAudible(voice) && (voice.release?.frames ?? 0) < this.options.fadeFrames,
		);
		for (const { gain } of [...this.pads, { gain: this.master }]) gain.advance();
		this.#clock++;
		while (this.#waiting[0]?.atFrame === this.#clock) this.#apply(this.#waiting.shift()!);
	}

	#apply(command: Command): void {
		if (command.type === "stopAll") {
			this.#end(() => true);
			return;
		}
		if (command.type === "gain" && command.slot === undefined) {
			const isMoving = this.voices.length > 0 && this.#busySince < this.#clock;
			this.master.set(command.decibels, isMoving);
			return;
		}
		const slot = "slot" in command ? (command.slot ?? 0) : 0;
		const pad = this.pads[slot]!;
		switch (command.type) {
			case "load":
				pad.sample = command.sample;
				this.#swap(slot, command.sample);
				break;
			case "play":
				this.#start(slot, { velocity: command.velocity, isLooping: command.isLooping, isPressed: false });
				break;
			case "stop":
				this.#end((voice) => voice.slot === slot);
				break;
			case "unload":
				pad.sample = undefined;
				this.#end((voice) => voice.slot === slot);
				break;
			case "gain": {
				const isMoving = this.#voicesOf(slot).length > 0 && pad.busySince < this.#clock;
				pad.gain.set(command.decibels, isMoving);
				break;
			}
			case "set":
				pad.parameters.set(command.parameter, command.value);
				break;
			case "press":
				this.#press(slot, command.velocity);
				break;
			case "release":
				if (pad.parameters.get(PAD_LAUNCH_MODE) === LAUNCH_GATE) this.#stopPad(slot, true);
				break;
			case "stopPad":
				this.#stopPad(slot);
				break;
			case "cancelQueued":
			case "transportStart":
			case "transportStop":
			case "transportMove":
			case "transportNudge":
				throw new Error(`The model of voices knows no ${command.type}; pads and transport have one of their own.`);
		}
	}

	/** A pad's loop goes on in a new sample, as far round as it was in the old one. */
	#swap(slot: number, sample: PlacedSample): void {
		const old = this.#voicesOf(slot).find((voice) => isPadLoop(voice) && voice.release === null);
		if (old === undefined || old.sample.handle === sample.handle) return;
		const traversed = old.round * old.sample.frames + old.position;
		const place = Math.floor((traversed / old.sample.frames) * sample.frames + 0.5);
		const fadeInFrames = old.startFrame === this.#clock ? old.fadeInFrames : this.options.fadeFrames;
		this.voices.push({
			...old,
			sample,
			startFrame: this.#clock,
			fadeInFrames,
			position: place % sample.frames,
			round: Math.floor(place / sample.frames),
		});
		this.#end((voice) => voice === old);
	}

	#press(slot: number, velocity: number): void {
		const { parameters } = this.pads[slot]!;
		const isPlaying = this.#voicesOf(slot).some(({ isPressed, release }) => isPressed && release === null);
		if (parameters.get(PAD_LAUNCH_MODE) === LAUNCH_TOGGLE && isPlaying) this.#stopPad(slot);
		else this.#start(slot, { velocity, isLooping: parameters.get(PAD_LOOP) === 1, isPressed: true });
	}

	#stopPad(slot: number, isHeard = false): void {
		this.#end((voice) => voice.slot === slot && voice.isPressed, isHeard);
	}

	#start(slot: number, how: Pick<Voice, "velocity" | "isLooping" | "isPressed">): void {
		const pad = this.pads[slot]!;
		const { sample } = pad;
		if (!sample) return;
		const counted = this.voices.filter((voice) => voice.release === null && !isPadLoop(voice));
		if (how.isPressed && how.isLooping) {
			this.#end((voice) => voice.slot === slot && isPadLoop(voice));
		} else if (counted.length === this.options.voices) {
			if (this.options.overflow === OVERFLOW_DROP_NEWEST) return;
			this.#end((voice) => voice === counted[0]);
		}
		if (this.voices.length === 0) {
			this.#busySince = this.#clock;
			this.master.finish();
		}
		if (this.#voicesOf(slot).length === 0) {
			pad.busySince = this.#clock;
			pad.gain.finish();
		}
		const start = { position: 0, round: 0, startFrame: this.#clock, fadeInFrames: 0, release: null };
		this.voices.push({ ...how, velocity: Math.fround(how.velocity), sample, slot, ...start });
	}

	/** @param isHeard - whether one that starts on this frame is released, too, instead of dropped */
	#end(isChosen: (voice: Voice) => boolean, isHeard = false): void {
		for (const voice of this.#inOrderOfEnding()) {
			if (!isChosen(voice) || voice.release !== null) continue;
			if (voice.startFrame === this.#clock && !isHeard) this.#drop(voice);
			else this.beginRelease(voice);
			const releasing = this.voices.filter(({ release }) => release !== null);
			if (releasing.length > this.options.voices + this.options.slots) this.#drop(this.#quietestOf(releasing));
		}
	}

	/** When all are stopped the loops of pads come last. */
	#inOrderOfEnding(): Voice[] {
		return this.voices.toSorted((one, other) => Number(isPadLoop(one)) - Number(isPadLoop(other)));
	}

	/** Of equally quiet ones the first that began its release. */
	#quietestOf(releasing: readonly Voice[]): Voice {
		const { fadeFrames } = this.options;
		const loudness = ({ velocity, release }: Voice): number =>
			Math.fround(Math.fround(velocity * (fadeFrames - (release?.frames ?? 0))) / fadeFrames);
		return releasing
			.toSorted((one, other) => (one.release?.order ?? 0) - (other.release?.order ?? 0))
			.reduce((quietest, voice) => (loudness(voice) < loudness(quietest) ? voice : quietest));
	}

	#drop(dropped: Voice): void {
		this.voices = this.voices.filter((voice) => voice !== dropped);
	}

	#voicesOf(slot: number): Voice[] {
		return this.voices.filter((voice) => voice.slot === slot);
	}
}

/** A loop that a press has started does not count against the limit. */
function isPadLoop({ isPressed, isLooping }: Voice): boolean {
	return isPressed && isLooping;
}
