import * as command from "../../engine/src/protocol/commands.ts";
import * as parameters from "../../engine/src/protocol/parameters.ts";
import {
	type Command,
	type KernelHost,
	lineCommand,
	loadCommand,
	type PlacedSample,
	rawCommand,
	timedCommand,
} from "./kernel-host.ts";
import { doubleBits, floatBits, type Random } from "./signals.ts";

export const SLOTS = 6;
/** Whole periods in a sample. */
const PERIODS = 12;
/** Frames of a period at 48 kHz: 30 Hz, and less. */
const PERIOD_FRAMES = [1600, 1810, 2400];
/** Frames of a period of what each slot holds; a swap does not change it. */
const periodOf = (slot: number): number => PERIOD_FRAMES[slot % PERIOD_FRAMES.length]!;
/** Whether its regions have any length, so that one that played backwards would begin with a step. */
const hasOddRegions = (slot: number): boolean => slot < 2;
const SECONDS_OF_SEAM = [0.005, 0.02];

/** Slow sines that begin and end at 0, so that neither starts nor ends nor rounds of whole periods are steps. */
export class SlowPerformance {
	readonly #kernel: KernelHost;
	readonly #random: Random;
	readonly #samples: PlacedSample[];
	#frame = 0;
	#voices = 0;

	constructor(kernel: KernelHost, random: Random) {
		this.#kernel = kernel;
		this.#random = random;
		this.#samples = Array.from({ length: 2 * SLOTS }, (_, index) => {
			const channels = index % 3 === 0 ? 1 : 2;
			const frames = PERIODS * periodOf(index % SLOTS);
			const sine = (at: number): number =>
				0.2 * Math.sin((2 * Math.PI * Math.floor(at / channels)) / periodOf(index % SLOTS));
			const sign = index < SLOTS ? 1 : -0.7;
			return kernel.place(
				Float32Array.from(
					{ length: channels * frames },
					(_sample, at) => sign * (at % channels === 1 ? -1 : 1) * sine(at),
				),
				channels,
			);
		});
		for (let slot = 0; slot < SLOTS; slot++) {
			this.#load(slot, 0);
			this.#set(slot, parameters.PAD_SEAM_FADE, this.#choose(SECONDS_OF_SEAM));
			this.#set(slot, parameters.PAD_LOOP, slot % 3 === 2 ? 0 : 1);
		}
		this.#set(0, parameters.TRANSPORT_METRONOME_GAIN, -200);
	}

	/** Does a few things at random and renders some frames behind them. @returns them, interleaved */
	next(): Float32Array {
		for (let count = 1 + Math.floor(6 * this.#random.next()); count > 0; count--) this.#act();
		const frames = 1 + Math.floor(3000 * this.#random.next());
		const rendered = this.#kernel.render(frames, 1 + Math.floor(300 * this.#random.next()));
		this.#frame += frames;
		return rendered;
	}

	#act(): void {
		const slot = Math.floor(SLOTS * this.#random.next());
		const dice = this.#random.next();
		if (dice < 0.3) this.#press(slot);
		else if (dice < 0.55) this.#setPad(slot);
		else if (dice < 0.75) this.#gesture(slot);
		else if (dice < 0.83) this.#transport();
		else if (dice < 0.9) this.#voice(slot);
		else if (dice < 0.94) this.#master();
		else if (dice < 0.98) this.#load(slot, this.#random.next() < 0.5 ? 0 : 1);
		else this.#send(rawCommand(this.#choose([command.STOP_SAMPLE, command.UNLOAD_SAMPLE, command.STOP_ALL]), slot));
	}

	#press(slot: number): void {
		this.#send(rawCommand(command.PRESS, slot, ...doubleBits(this.#choose([1, 0.6]))));
	}

	#gesture(slot: number): void {
		const { RELEASE, STOP_PAD, CANCEL_QUEUED, PAUSE_PAD, RESUME_PAD, SEEK_PAD, ROLL_PAD, END_ROLL } = command;
		const type = this.#choose([
			RELEASE,
			STOP_PAD,
			CANCEL_QUEUED,
			PAUSE_PAD,
			RESUME_PAD,
			RESUME_PAD,
			SEEK_PAD,
			ROLL_PAD,
			END_ROLL,
		]);
		// Where a pad starts and is moved on one frame, it starts there, with a step; so seeks have frames of their own.
		const atFrame = this.#frame + 1 + Math.floor(3000 * this.#random.next());
		if (type === SEEK_PAD)
			this.#send(rawCommand(type, slot, ...doubleBits(PERIODS * periodOf(slot) * this.#random.next())), { atFrame });
		else if (type === ROLL_PAD)
			this.#send(rawCommand(type, slot, ...doubleBits(this.#choose([1 / 32, 1 / 12, 1 / 4]))));
		else this.#send(rawCommand(type, slot));
	}

	#setPad(slot: number): void {
		const p = parameters;
		const settings: (() => void)[] = [
			() => this.#region(slot),
			() => this.#region(slot),
			() => this.#set(slot, p.PAD_SEAM_FADE, this.#choose(SECONDS_OF_SEAM)),
			() => this.#set(slot, p.PAD_SPEED, this.#choose([1, 1, 0.25, 0.97, 1.03, 1.2, 2, 4])),
			() => this.#set(slot, p.PAD_SEMITONES, this.#choose([0, -7, 5])),
			() => this.#set(slot, p.PAD_REVERSE, hasOddRegions(slot) ? 0 : this.#choose([0, 0, 1])),
			() => this.#set(slot, p.PAD_SYNC, this.#choose([p.SYNC_OFF, p.SYNC_REPITCH])),
			() => this.#set(slot, p.PAD_LENGTH_BEATS, this.#choose([0, 0.5, 1])),
			() => this.#set(slot, p.PAD_LOOP, this.#choose([0, 1, 1])),
			() =>
				this.#set(
					slot,
					p.PAD_LAUNCH_MODE,
					this.#choose([p.LAUNCH_TRIGGER, p.LAUNCH_GATE, p.LAUNCH_TOGGLE, p.LAUNCH_REPEAT]),
				),
			() =>
				this.#set(slot, this.#choose([p.PAD_LAUNCH_QUANTUM, p.PAD_STOP_QUANTUM]), this.#choose([-1, 0, 1 / 16, 1 / 4])),
			() => this.#set(slot, p.PAD_RETRIGGER, this.#choose([0, 1])),
			() => this.#set(slot, p.PAD_LEGATO, this.#choose([0, 1])),
			() => this.#set(slot, p.PAD_CHOKE_GROUP, this.#choose([0, 1, 2])),
			() =>
				this.#set(slot, this.#choose([p.PAD_MUTE, p.PAD_SOLO, p.PAD_CUE, p.PAD_TRIGGER_MUTE]), this.#choose([0, 0, 1])),
			() => this.#set(slot, this.#choose([p.PAD_EQ_LOW, p.PAD_EQ_MID, p.PAD_EQ_HIGH]), this.#choose([0, 3, -6, -200])),
			() => this.#set(slot, p.PAD_GAIN, this.#choose([0, -6, -200])),
			() => this.#set(slot, p.PAD_PAN, this.#choose([0, 0.5, -1])),
		];
		this.#choose(settings)();
	}

	/** Whole periods, or any length whose seam is faded; both begin at a zero and leave room for the seam. */
	#region(slot: number): void {
		const period = periodOf(slot);
		const start = (this.#choose([1, 2, 3]) * period) / 2;
		const length = !hasOddRegions(slot) ? this.#choose([1, 2, 4]) * period : (1 + 3 * this.#random.next()) * period;
		const timing = this.#timing();
		this.#set(slot, parameters.PAD_LOOP_START, start, timing);
		this.#set(slot, parameters.PAD_LOOP_END, start + length, timing);
	}

	#transport(): void {
		const p = parameters;
		const { START_TRANSPORT, STOP_TRANSPORT, MOVE_TRANSPORT, NUDGE_TRANSPORT } = command;
		this.#choose([
			() => this.#send(rawCommand(START_TRANSPORT)),
			() => this.#send(rawCommand(STOP_TRANSPORT)),
			() => this.#send(rawCommand(MOVE_TRANSPORT, 0, ...doubleBits(this.#choose([0, 3.3])))),
			() => this.#send(rawCommand(NUDGE_TRANSPORT, 0, ...doubleBits(this.#choose([-0.02, 0.3])))),
			() => this.#set(0, p.TRANSPORT_TEMPO, this.#choose([60, 97.3, 120, 300])),
			() => this.#set(0, p.TRANSPORT_TEMPO, this.#choose([60, 97.3, 120, 300])),
			() => this.#set(0, p.TRANSPORT_QUANTUM, this.#choose([0, 1 / 16, 1 / 4])),
			() => this.#set(0, p.TRANSPORT_EXCLUSIVE, this.#choose([0, 0, 0, 1])),
			() => this.#set(0, p.TRANSPORT_METRONOME, this.#choose([0, 1])),
		])();
	}

	#voice(slot: number): void {
		const random = (): number => this.#random.next();
		const number = 1 + Math.floor(random() * this.#voices);
		const dice = random();
		if (dice < 0.25) {
			this.#send(rawCommand(command.STOP_VOICE, 0, number, this.#choose([0, 240, 1000])));
			return;
		}
		if (dice < 0.5) {
			this.#send(rawCommand(command.SET_VOICE_GAIN, 0, number, 0, ...doubleBits(1.2 * random())));
			return;
		}
		const isInside = random() < 0.5;
		this.#send(
			rawCommand(
				command.PLAY_SAMPLE,
				slot,
				...doubleBits(0.8),
				this.#choose([0, command.PLAY_LOOPING]),
				++this.#voices,
				...doubleBits(this.#choose([0, 0.25, 1.03, 4])),
				...doubleBits(isInside ? 9000 * random() : 0),
				floatBits(this.#choose([0, -0.5, 1])),
				isInside ? 480 : 0,
				...doubleBits(this.#choose([0, -0.5])),
			),
		);
	}

	#master(): void {
		const { MASTER_GAIN, MASTER_LIMITER, MASTER_LIMITER_CEILING } = parameters;
		this.#choose([
			() => this.#set(0, MASTER_GAIN, this.#choose([0, -6, 3])),
			() => this.#set(0, MASTER_LIMITER, this.#choose([0, 1])),
			() => this.#set(0, MASTER_LIMITER_CEILING, this.#choose([-1, -9])),
		])();
	}

	#load(slot: number, version: number): void {
		const sample = this.#samples[slot + version * SLOTS]!;
		const { handle, address, frames, channels } = sample;
		this.#send(loadCommand(slot, [handle, address, frames, channels]), {});
	}

	#set(slot: number, parameter: number, value: number, timing?: Timing): void {
		this.#send(rawCommand(command.SET_PARAMETER, slot, parameter, 0, ...doubleBits(value)), timing);
	}

	#timing(): Timing {
		const dice = this.#random.next();
		if (dice < 0.4) return {};
		if (dice < 0.6) return { atLine: this.#choose([1 / 16, 1 / 4]) };
		return { atFrame: this.#frame + Math.floor(3000 * this.#random.next()) };
	}

	#send(words: readonly number[], { atFrame, atLine }: Timing = this.#timing()): void {
		if (atFrame !== undefined) this.#kernel.pushTimed(timedCommand(words, atFrame));
		else if (atLine !== undefined) this.#kernel.pushTimed(lineCommand(words, atLine));
		else this.#kernel.push(words);
	}

	#choose<T>(choices: readonly T[]): T {
		return choices[Math.floor(this.#random.next() * choices.length)]!;
	}
}

type Timing = Pick<Command, "atFrame" | "atLine">;
