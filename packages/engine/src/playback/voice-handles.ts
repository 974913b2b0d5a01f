import { checkFade, checkMoment, checkObject, checkVoiceGain } from "../check-arguments.ts";
import { VOICE_PLACES } from "../protocol/commands.ts";
import type { PlayOptions, StopVoiceOptions, TimingOptions, Voice } from "../protocol/engine-types.ts";
import type { CommandWriter } from "../rings/command-writer.ts";
import type { Moment } from "../rings/moment.ts";
import { applyPlayOptions, plainVoice, type VoiceSettings } from "./voice-settings.ts";

/** Sends one command, or throws. */
type SendOne = (moment: Moment, write: (writer: CommandWriter) => boolean) => void;

/** The kernel's numbers are 32 bits, and 0 is none. */
const MAX_NUMBER = 2 ** 32 - 1;

/** Numbers the voices of `playSample`, and knows which of them somebody waits for. Thread: control. */
export class VoiceHandles {
	readonly #send: SendOne;
	readonly #sampleRate: number;
	readonly #settings: VoiceSettings = plainVoice();
	/** Voices that have not ended, as far as the audio thread has told, by their numbers. */
	readonly #sounding: Map<number, VoiceHandle> = new Map();
	/** The places of those voices. */
	readonly #places: Set<number> = new Set();

	constructor(send: SendOne, sampleRate: number) {
		this.#send = send;
		this.#sampleRate = sampleRate;
	}

	/** The next voice's number and settings, good until the next call. */
	settingsOf(options: PlayOptions): Readonly<VoiceSettings> {
		do this.#settings.number = (this.#settings.number % MAX_NUMBER) + 1;
		while (this.#places.has(placeOf(this.#settings.number)) && this.#places.size < VOICE_PLACES);
		applyPlayOptions(this.#settings, options, this.#sampleRate);
		return this.#settings;
	}

	/** The handle of a voice that has been sent. */
	handleOf(number: number): Voice {
		const handle = new VoiceHandle(number, this.#send, this.#sampleRate);
		this.#sounding.set(number, handle);
		this.#places.add(placeOf(number));
		return handle;
	}

	/** A voice has ended, or never began. */
	end(number: number): void {
		this.#sounding.get(number)?.settle();
		if (this.#sounding.delete(number)) this.#places.delete(placeOf(number));
	}

	/** Nothing sounds any more. */
	endAll(): void {
		for (const handle of this.#sounding.values()) handle.settle();
		this.#sounding.clear();
		this.#places.clear();
	}
}

/** Where the audio thread keeps the voice while it waits. */
function placeOf(number: number): number {
	return number % VOICE_PLACES;
}

class VoiceHandle implements Voice {
	readonly #number: number;
	readonly #send: SendOne;
	readonly #sampleRate: number;
	#hasEnded = false;
	#ended: Promise<void> | null = null;
	#resolve: () => void = () => {};

	constructor(number: number, send: SendOne, sampleRate: number) {
		this.#number = number;
		this.#send = send;
		this.#sampleRate = sampleRate;
	}

	get ended(): Promise<void> {
		this.#ended ??= new Promise((resolve) => {
			this.#resolve = resolve;
			if (this.#hasEnded) resolve();
		});
		return this.#ended;
	}

	stop(options: StopVoiceOptions = {}): void {
		const moment = checkMoment(options, { fade: true });
		const { fade } = options;
		if (fade !== undefined) checkFade(fade);
		if (this.#hasEnded) return;
		const frames = fade === undefined ? 0 : Math.max(Math.round(fade * this.#sampleRate), 1);
		this.#send(moment, (writer) => writer.stopVoice(this.#number, frames, moment));
	}

	setGain(gain: number, options: TimingOptions = {}): void {
		checkObject("options", options);
		const moment = checkMoment(options);
		checkVoiceGain(gain);
		if (this.#hasEnded) return;
		this.#send(moment, (writer) => writer.setVoiceGain(this.#number, gain, moment));
	}

	settle(): void {
		this.#hasEnded = true;
		this.#resolve();
	}
}
