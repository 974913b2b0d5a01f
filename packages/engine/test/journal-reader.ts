import * as command from "../dist/protocol/commands.js";
import * as layout from "../dist/protocol/shared-memory.js";
import { JournalRing } from "../dist/rings/journal-ring.js";
import type { EffectiveCommand } from "./command-check.ts";

/** Reads the kernel's journal and passes on the commands that took effect. */
export class JournalReader {
	readonly #words: Int32Array;
	readonly #journal: JournalRing;
	readonly #accept: (command: EffectiveCommand) => void;
	readonly #command: Int32Array = new Int32Array(layout.COMMAND_BYTES / 4);
	readonly #doubles: Float64Array = new Float64Array(this.#command.buffer);
	#isEnded = false;

	/** @param words - the engine memory up to SHARED_END, or its mirror; @param accept - receives each play and stop */
	constructor(words: Int32Array, accept: (command: EffectiveCommand) => void) {
		this.#words = words;
		this.#journal = new JournalRing(words);
		this.#accept = accept;
	}

	/** Whether the final stop of everything has been read. */
	get isEnded(): boolean {
		return this.#isEnded;
	}

	/** Commands lost because the journal was full. */
	get lost(): number {
		return Atomics.load(this.#words, (layout.STATUS + layout.STATUS_JOURNAL_LOST) / 4);
	}

	/** Reads all new entries. @throws Error at a command that was never sent. */
	read(): void {
		while (this.#journal.read(this.#command)) this.#take(this.#word(command.COMMAND_TYPE));
		Atomics.notify(this.#words, layout.JOURNAL_READ / 4);
	}

	#take(type: number): void {
		const isStop = type === (command.STOP_SAMPLE | command.AT_FRAME);
		if (isStop || type === (command.PLAY_SAMPLE | command.AT_FRAME)) {
			this.#accept({
				isStop,
				slot: this.#word(command.COMMAND_SLOT),
				velocity: this.#doubles[command.PLAY_VELOCITY / 8] ?? Number.NaN,
				isLooping: this.#word(command.PLAY_FLAGS) === command.PLAY_LOOPING,
				frame: 2 ** 32 * (this.#word(command.COMMAND_FRAME_HIGH) >>> 0) + (this.#word(command.COMMAND_FRAME_LOW) >>> 0),
			});
		} else if (type === (command.STOP_ALL | command.AT_FRAME)) {
			this.#isEnded = true;
		} else if (type !== (command.SILENT | command.AT_FRAME)) {
			throw new Error(`The journal has a command of type ${type}, which was never sent.`);
		}
	}

	#word(byteOffset: number): number {
		return this.#command[byteOffset / 4] ?? 0;
	}
}
