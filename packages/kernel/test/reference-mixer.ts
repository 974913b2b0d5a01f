import { OVERFLOW_DROP_NEWEST } from "../../engine/src/protocol/layout.ts";
import type { Command, KernelOptions, PlacedSample } from "./kernel-host.ts";

interface Voice {
	readonly sample: PlacedSample;
	readonly slot: number;
	readonly velocity: number;
	readonly isLooping: boolean;
	position: number;
	hasSounded: boolean;
}

/**
 * What the kernel shall sound like, one frame at a time in plain JavaScript: every product and sum rounded to f32, the
 * voices in the order of their age.
 */
export class ReferenceMixer {
	readonly #options: Required<KernelOptions>;
	readonly #slots: (PlacedSample | undefined)[] = [];
	#voices: Voice[] = [];
	/** Interleaved frames still to come of voices that have ended. */
	#tail: number[] = [];
	#gain = { from: 1, to: 1, frame: 0, frames: 0 };
	#clock = 0;
	/** In the order of their frames, of one frame in the order of their arrival. */
	#waiting: Command[] = [];

	constructor(options: KernelOptions = {}) {
		this.#options = { slots: 32, voices: 32, overflow: 0, fadeFrames: 240, ...options };
	}

	get voiceCount(): number {
		return this.#voices.length;
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

	/** Renders frames, interleaved. */
	render(frames: number): Float32Array<ArrayBuffer> {
		const block = new Float32Array(frames * 2);
		for (let frame = 0; frame < frames; frame++) {
			this.#applyDue();
			const master = this.#masterGain();
			const mix: [number, number] = [this.#tail.shift() ?? 0, this.#tail.shift() ?? 0];
			for (const voice of this.#voices) addFrame(mix, voice, audible(Math.fround(voice.velocity * master)));
			block.set(mix, frame * 2);
			this.#voices = this.#voices.filter((voice) => voice.position < voice.sample.frames);
			for (const voice of this.#voices) voice.hasSounded = true;
			this.#gain.frame = Math.min(this.#gain.frame + 1, this.#gain.frames);
			this.#clock++;
		}
		this.#applyDue();
		return block;
	}

	#applyDue(): void {
		while (this.#waiting[0]?.atFrame === this.#clock) this.#apply(this.#waiting.shift()!);
	}

	#play(slot: number, velocity: number, isLooping: boolean): void {
		const sample = this.#slots[slot];
		if (!sample) return;
		if (this.#voices.length === this.#options.voices) {
			if (this.#options.overflow === OVERFLOW_DROP_NEWEST) return;
			const oldest = this.#voices[0];
			this.#end((voice) => voice === oldest);
		}
		const exactVelocity = Math.fround(velocity);
		this.#voices.push({ sample, slot, velocity: exactVelocity, isLooping, position: 0, hasSounded: false });
	}

	#end(isChosen: (voice: Voice) => boolean): void {
		for (const voice of this.#voices) if (isChosen(voice) && voice.hasSounded) this.#fade(voice);
		this.#voices = this.#voices.filter((voice) => !isChosen(voice));
	}

	#fade(voice: Voice): void {
		const gain = audible(Math.fround(voice.velocity * this.#masterGain()));
		const frames = this.#options.fadeFrames;
		for (let frame = 0; frame < frames && voice.position < voice.sample.frames; frame++) {
			const mix: [number, number] = [this.#tail[frame * 2] ?? 0, this.#tail[frame * 2 + 1] ?? 0];
			addFrame(mix, voice, audible(Math.fround(gain * Math.fround((frames - frame) / frames))));
			this.#tail.splice(frame * 2, 2, ...mix);
		}
	}

	#moveGain(decibels: number): void {
		const exactDecibels = Math.fround(decibels);
		const to = exactDecibels <= -200 ? 0 : Math.fround(10 ** (exactDecibels / 20));
		const frames = this.#options.fadeFrames;
		const isSounding = this.#voices.some(({ hasSounded }) => hasSounded);
		this.#gain = { from: this.#exactGain(), to, frame: isSounding ? 0 : frames, frames };
	}

	#masterGain(): number {
		return Math.fround(this.#exactGain());
	}

	#exactGain(): number {
		const { from, to, frame, frames } = this.#gain;
		return frame === frames ? to : from + (to - from) * (frame / frames);
	}
}

/** Adds a voice's next frame to a mixed one and moves the voice on. */
function addFrame(mix: [number, number], voice: Voice, gain: number): void {
	const { channels, frames, samples } = voice.sample;
	const first = samples[voice.position * channels] ?? 0;
	const last = samples[voice.position * channels + channels - 1] ?? 0;
	mix[0] = Math.fround(mix[0] + Math.fround(first * gain));
	mix[1] = Math.fround(mix[1] + Math.fround(last * gain));
	voice.position++;
	if (voice.isLooping && voice.position === frames) voice.position = 0;
}

function audible(gain: number): number {
	return gain < 2 ** -40 ? 0 : gain;
}
