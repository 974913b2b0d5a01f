import { CommandPlan, MAX_COMMANDS, SLOTS_PER_PRODUCER, STOP, TIMED_PLAY } from "./threads/command-plan.mjs";

/** A command that took effect. */
export interface EffectiveCommand {
	readonly isStop: boolean;
	readonly slot: number;
	readonly velocity: number;
	readonly isLooping: boolean;
	readonly frame: number;
}

/** Checks that one producer's commands take effect as sent: none lost, duplicated or out of order. */
export class CommandCheck {
	/** Bit n: command n was rejected; the producer writes it. */
	readonly refused: Int32Array = sharedWords(MAX_COMMANDS / 32);
	/** The frame of the timed command among 8n…8n+7; the producer writes it. */
	readonly frames: Int32Array = sharedWords(MAX_COMMANDS / 8);
	readonly #plan: CommandPlan;
	readonly #name: string;
	/** Bit n: the timed command among 8n…8n+7 took effect. */
	readonly #timedSeen: Uint8Array = new Uint8Array(MAX_COMMANDS / 8);
	#next = 0;
	#seen = 0;
	#late = 0;

	constructor(seed: number, producer: number) {
		this.#plan = new CommandPlan(seed, producer);
		this.#name = `producer ${producer}`;
	}

	/** Commands that have taken effect. */
	get seen(): number {
		return this.#seen;
	}

	/** Timed ones that took effect after their frame. */
	get late(): number {
		return this.#late;
	}

	/** The highest frame of a timed command. */
	get lastFrame(): number {
		return this.frames.reduce((last, frame) => Math.max(last, frame));
	}

	/** Takes the next command that took effect. @throws Error if it is not as expected. */
	accept(command: EffectiveCommand): void {
		this.#seen += 1;
		const number = command.velocity * MAX_COMMANDS;
		if (!command.isStop && this.#plan.kindOf(number) === TIMED_PLAY) this.#acceptTimed(number, command);
		else this.#acceptInOrder(command);
	}

	/** @param attempts - commands that the producer tried to send @throws Error if one is missing. */
	finish(attempts: number): { accepted: number; refused: number } {
		this.#skip(attempts);
		if (this.#next !== attempts) throw this.#error(`command ${this.#next} never took effect`);
		let refused = 0;
		for (let n = 0; n < attempts; n++) {
			if (this.#isRefused(n)) refused += 1;
			else if (this.#plan.kindOf(n) === TIMED_PLAY && this.#timedSeen[n >>> 3] === 0) {
				throw this.#error(`timed command ${n} never took effect`);
			}
		}
		if (this.#seen + refused !== attempts) throw this.#error(`${this.#seen} of ${attempts - refused} took effect`);
		return { accepted: attempts - refused, refused };
	}

	#acceptInOrder(command: EffectiveCommand): void {
		this.#skip(MAX_COMMANDS);
		const n = this.#next;
		const isStop = this.#plan.kindOf(n) === STOP;
		if (isStop !== command.isStop) throw this.#error(`command ${n} arrived as ${JSON.stringify(command)}`);
		this.#expectContent(n, command);
		this.#next += 1;
	}

	#acceptTimed(n: number, command: EffectiveCommand): void {
		this.#expectContent(n, command);
		if (this.#isRefused(n)) throw this.#error(`command ${n} took effect although it was rejected`);
		if (this.#timedSeen[n >>> 3] !== 0) throw this.#error(`command ${n} took effect twice`);
		this.#timedSeen[n >>> 3] = 1;
		const atFrame = Atomics.load(this.frames, n >>> 3);
		if (command.frame < atFrame) throw this.#error(`command ${n} for frame ${atFrame} took effect at ${command.frame}`);
		if (command.frame > atFrame) this.#late += 1;
	}

	/** Skips rejected and timed commands. */
	#skip(end: number): void {
		while (this.#next < end && (this.#isRefused(this.#next) || this.#plan.kindOf(this.#next) === TIMED_PLAY)) {
			this.#next += 1;
		}
	}

	#expectContent(n: number, command: EffectiveCommand): void {
		const isRight =
			command.slot === this.#plan.slotOf(n) &&
			(command.isStop ||
				(command.velocity === this.#plan.velocityOf(n) && command.isLooping === this.#plan.isLooping(n)));
		if (!isRight) throw this.#error(`command ${n} arrived as ${JSON.stringify(command)}`);
	}

	#isRefused(n: number): boolean {
		return ((Atomics.load(this.refused, n >>> 5) >>> (n & 31)) & 1) === 1;
	}

	#error(text: string): Error {
		return new Error(`${this.#name}: ${text}`);
	}
}

/** The producer that a slot belongs to. */
export function producerOf(slot: number): number {
	return Math.floor(slot / SLOTS_PER_PRODUCER);
}

function sharedWords(count: number): Int32Array {
	return new Int32Array(new SharedArrayBuffer(4 * count));
}
