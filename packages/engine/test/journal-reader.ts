import * as message from "../dist/protocol/commands.js";
import * as layout from "../dist/protocol/shared-memory.js";
import { JournalRing } from "../dist/rings/journal-ring.js";
import type { EffectiveCommand } from "./message-check.ts";

/** Keeps the kernel's journal and reads what it applies. */
export class JournalReader {
	readonly #words: Int32Array;
	readonly #journal: JournalRing;
	readonly #accept: (command: EffectiveCommand) => void;
	readonly #command: Int32Array = new Int32Array(layout.COMMAND_BYTES / 4);
	readonly #doubles: Float64Array = new Float64Array(this.#command.buffer);
	#isEnded = false;

	/** @param words - the engine memory up to SHARED_END, or its mirror; @param accept - takes each play and stop */
	constructor(words: Int32Array, accept: (command: EffectiveCommand) => void) {
		this.#words = words;
		this.#journal = new JournalRing(words);
		this.#accept = accept;
	}

	/** Whether the final stop of everything has been read. */
	get isEnded(): boolean {
		return this.#isEnded;
	}

	/** Commands that found the journal full. */
	get lost(): number {
		return Atomics.load(this.#words, (layout.STATUS + layout.STATUS_JOURNAL_LOST) / 4);
	}

	/** Reads everything that is there. @throws Error at a command that nobody sent. */
	read(): void {
		while (this.#journal.read(this.#command)) this.#take(this.#word(message.COMMAND_TYPE));
		Atomics.notify(this.#words, layout.JOURNAL_READ / 4);
	}

	#take(type: number): void {
		const isStop = type === (message.STOP_SAMPLE | message.AT_FRAME);
		if (isStop || type === (message.PLAY_SAMPLE | message.AT_FRAME)) {
			this.#accept({
				isStop,
				slot: this.#word(message.COMMAND_SLOT),
				velocity: this.#doubles[message.PLAY_VELOCITY / 8] ?? Number.NaN,
				isLooping: this.#word(message.PLAY_FLAGS) === message.PLAY_LOOPING,
				frame: 2 ** 32 * (this.#word(message.COMMAND_FRAME_HIGH) >>> 0) + (this.#word(message.COMMAND_FRAME_LOW) >>> 0),
			});
		} else if (type === (message.STOP_ALL | message.AT_FRAME)) {
			this.#isEnded = true;
		} else if (type !== (message.SILENT | message.AT_FRAME)) {
			throw new Error(`the journal has a command of type ${type}, which nobody sent`);
		}
	}

	#word(byteOffset: number): number {
		return this.#command[byteOffset / 4] ?? 0;
	}
}
