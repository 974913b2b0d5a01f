import { OVERFLOW_DROP_NEWEST } from "../../engine/src/protocol/shared-memory.ts";
import type { Command, KernelOptions, PlacedSample, PlacedSeam } from "./kernel-host.ts";

/** A sounding voice. */
export interface Voice {
	readonly sample: PlacedSample;
	readonly slot: number;
	readonly velocity: number;
	readonly isLooping: boolean;
	position: number;
	/** Rounds played to their end. */
	round: number;
	hasSounded: boolean;
}

/**
 * Which voices sound, frame by frame, and at which master gain: the rules that performers rely on, in plain JavaScript. What
 * is heard of the voices is for the classes derived from it.
 */
export abstract class VoiceModel {
	protected readonly options: Required<KernelOptions>;
	/** The oldest first. */
	protected voices: Voice[] = [];
	readonly #slots: (PlacedSample | undefined)[] = [];
	#gain = { from: 1, to: 1, frame: 0, frames: 0 };
	#clock = 0;
	/** In the order of their frames, of one frame in the order of their arrival. */
	#waiting: Command[] = [];

	constructor(options: KernelOptions = {}) {
		this.options = { slots: 32, voices: 32, overflow: 0, fadeFrames: 240, ...options };
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

	/** A voice that has sounded ends before its sample does. */
	protected abstract fade(voice: Voice): void;

	/** The master gain of the next frame. */
	protected get masterGain(): number {
		const { from, to, frame, frames } = this.#gain;
		return frame === frames ? to : from + (to - from) * (frame / frames);
	}

	/** Goes on to the next frame: every voice has been moved on by one. */
	protected finishFrame(): void {
		this.voices = this.voices.filter(isAudible);
		for (const voice of this.voices) voice.hasSounded = true;
		this.#gain.frame = Math.min(this.#gain.frame + 1, this.#gain.frames);
		this.#clock++;
		while (this.#waiting[0]?.atFrame === this.#clock) this.#apply(this.#waiting.shift()!);
	}

	#apply(command: Command): void {
		switch (command.type) {
			case "load":
				this.#slots[command.slot] = command.sample;
				break;
			case "play":
				this.#play(command.slot, command.velocity, command.isLooping);
				break;
			case "stop":
				this.#end((voice) => voice.slot === command.slot);
				break;
			case "stopAll":
				this.#end(() => true);
				break;
			case "unload":
				this.#slots[command.slot] = undefined;
				this.#end((voice) => voice.slot === command.slot);
				break;
			case "gain":
				this.#moveGain(command.decibels);
				break;
		}
	}

	#play(slot: number, velocity: number, isLooping: boolean): void {
		const sample = this.#slots[slot];
		if (!sample) return;
		if (this.voices.length === this.options.voices) {
			if (this.options.overflow === OVERFLOW_DROP_NEWEST) return;
			const oldest = this.voices[0];
			this.#end((voice) => voice === oldest);
		}
		const exactVelocity = Math.fround(velocity);
		const start = { isLooping, position: 0, round: 0, hasSounded: false };
		this.voices.push({ sample, slot, velocity: exactVelocity, ...start });
	}

	#end(isChosen: (voice: Voice) => boolean): void {
		for (const voice of this.voices) if (isChosen(voice) && voice.hasSounded) this.fade(voice);
		this.voices = this.voices.filter((voice) => !isChosen(voice));
	}

	#moveGain(decibels: number): void {
		const exactDecibels = Math.fround(decibels);
		const to = exactDecibels <= -200 ? 0 : Math.fround(10 ** (exactDecibels / 20));
		const frames = this.options.fadeFrames;
		const isSounding = this.voices.some(({ hasSounded }) => hasSounded);
		this.#gain = { from: this.masterGain, to, frame: isSounding ? 0 : frames, frames };
	}
}

/** Whether a voice has a frame to come: one that does not loop may be over. */
export function isAudible({ sample, position, isLooping }: Voice): boolean {
	return isLooping || position < sample.frames;
}

/** A voice's next frame, left and right. Behind the last frame of a sample that does not loop there is silence. */
export function frameOf(voice: Voice): readonly [number, number] {
	const { channels, samples, seam } = voice.sample;
	const edge = seam === undefined ? null : edgeFrameOf(voice, seam);
	const [source, frame] = seam === undefined || edge === null ? [samples, voice.position] : [seam.edges, edge];
	return [source[frame * channels] ?? 0, source[frame * channels + channels - 1] ?? 0];
}

/** Which frame of its sample's edges a loop plays next; null when it plays one of the sample's own. */
function edgeFrameOf({ sample, isLooping, position, round }: Voice, { edgeFrames }: PlacedSeam): number | null {
	const head = Math.min(edgeFrames, Math.floor(sample.frames / 2));
	const tail = sample.frames - Math.min(edgeFrames, Math.ceil(sample.frames / 2));
	if (!isLooping) return null;
	if (position >= tail) return head + position - tail;
	return round > 0 && position < head ? position : null;
}

/** Moves a voice on by one frame; a round ends where the next one has its nearest frame. */
export function advance(voice: Voice): void {
	voice.position++;
	if (!voice.isLooping) return;
	const loopFrames = voice.sample.seam?.loopFrames ?? voice.sample.frames;
	const lengthOf = (round: number): number => Math.round(loopFrames * (round + 1)) - Math.round(loopFrames * round);
	for (; voice.position >= lengthOf(voice.round); voice.round++) voice.position -= lengthOf(voice.round);
}
