import { parameterOf } from "../playback/parameter-table.ts";
import * as command from "../protocol/commands.ts";
import { COMMAND_WORDS } from "../rings/command-writer.ts";
import { nameOf, readCommandEntry, typeOfEntry } from "./command-entry.ts";
import { GatheredSlices } from "./gathered-slices.ts";
import {
	MAX_PERFORMANCE_COMMANDS,
	type PerformanceCommand,
	type PerformanceParameter,
	type PerformanceSample,
	type PerformanceSlices,
	type PerformanceSlot,
	type PerformanceStart,
	type PerformanceTransport,
	STANDING_TRANSPORT,
} from "./performance.ts";

/** More than the number of any parameter. */
const MAX_PARAMETERS = 256;
/** Words of one chunk: a history grows by these, so that nothing is ever copied. */
const CHUNK_WORDS = 65_536;

/** A history as a performance tells it, its frames counted from the silence that it begins with. */
export interface ToldHistory {
	readonly samples: readonly PerformanceSample[];
	readonly start: PerformanceStart;
	readonly commands: readonly PerformanceCommand[];
}

/**
 * Everything that took effect since the last moment of silence, and the state in that moment.
 *
 * Entries are kept as the journal has them but for their trailing zeros, about 20 bytes each; a load names its sample in place
 * of its handle, which another sample may get. Thread: control.
 */
export class CommandHistory {
	/** The engine's frame of the silence. */
	#startFrame = 0;
	#transport: PerformanceTransport = STANDING_TRANSPORT;
	readonly #slots: Map<number, PerformanceSample> = new Map();
	/** By slot and number, the master's behind all slots. */
	readonly #parameters: Map<number, PerformanceParameter> = new Map();
	readonly #slices: Map<number, PerformanceSlices> = new Map();
	/** What is forgotten piece by piece may end within a list of slices. */
	readonly #gathered: GatheredSlices = new GatheredSlices();
	#chunks: Int32Array[] = [];
	/** Words used of the last chunk. */
	#used = CHUNK_WORDS;
	#count = 0;
	readonly #samples: PerformanceSample[] = [];
	readonly #places: Map<string, number> = new Map();

	get startFrame(): number {
		return this.#startFrame;
	}

	/** True when no further command can be kept. */
	get isFull(): boolean {
		return this.#count >= MAX_PERFORMANCE_COMMANDS;
	}

	/** True when nothing has taken effect since the silence. */
	get isEmpty(): boolean {
		return this.#count === 0;
	}

	/** Keeps an entry. @param sampleOf - what lies under a handle now; @throws Error when nothing is known of a handle. */
	append(entry: DataView<ArrayBuffer>, sampleOf: (handle: number) => PerformanceSample | undefined): void {
		const words = new Int32Array(entry.buffer, 0, COMMAND_WORDS);
		if (typeOfEntry(entry) === command.LOAD_SAMPLE) {
			const handle = entry.getUint32(command.LOAD_HANDLE, true);
			const sample = sampleOf(handle);
			if (sample === undefined) throw new Error(`nothing is known of the sample under handle ${handle}`);
			words.fill(0, command.COMMAND_ARGUMENTS / 4);
			entry.setUint32(command.LOAD_HANDLE, this.#placeOf(sample), true);
		}
		let length = COMMAND_WORDS;
		while (words[length - 1] === 0) length--;
		if (this.#used + length + 1 > CHUNK_WORDS) {
			this.#chunks.push(new Int32Array(CHUNK_WORDS));
			this.#used = 0;
		}
		const chunk = this.#chunks.at(-1);
		chunk?.set([length], this.#used);
		chunk?.set(words.subarray(0, length), this.#used + 1);
		this.#used += length + 1;
		this.#count += 1;
	}

	/** Drops what came before a moment of silence; the state then is where the history begins. @param transport - as the silence tells it */
	forget(silentFrame: number, transport: PerformanceTransport): void {
		for (const performed of this.#commands(this.#gathered)) this.#fold(performed);
		this.#startFrame = silentFrame;
		this.#transport = transport;
		this.#chunks = [];
		this.#used = CHUNK_WORDS;
		this.#count = 0;
		this.#samples.length = 0;
		this.#places.clear();
	}

	/** Tells the history as far as an engine's frame, exclusive. */
	tell(endFrame: number): ToldHistory {
		const commands: PerformanceCommand[] = [];
		let places = 0;
		for (const performed of this.#commands(new GatheredSlices())) {
			if (performed.frame >= endFrame) break;
			commands.push({ ...performed, frame: performed.frame - this.#startFrame });
			if (performed.type === "load") places = Math.max(places, performed.sample + 1);
		}
		// Places are given in the order of their first use.
		const samples = this.#samples.slice(0, places);
		const slots = [...this.#slots]
			.toSorted(([one], [other]) => one - other)
			.map(([slot, sample]): PerformanceSlot => {
				const known = samples.findIndex((other) => keyOf(other) === keyOf(sample));
				return { slot, sample: known === -1 ? samples.push(sample) - 1 : known };
			});
		const parameters = [...this.#parameters].toSorted(([one], [other]) => one - other).map(([, set]) => set);
		const slices = [...this.#slices.values()].toSorted((one, other) => one.slot - other.slot);
		const start = { slots, parameters, ...(slices.length > 0 && { slices }), transport: this.#transport };
		return { samples, start, commands: withoutIdleNumbers(commands) };
	}

	/** @param slices - puts lists together that are told in parts */
	*#commands(slices: GatheredSlices): Generator<PerformanceCommand> {
		const entry = new DataView(new ArrayBuffer(COMMAND_WORDS * 4));
		const words = new Int32Array(entry.buffer);
		for (const [index, chunk] of this.#chunks.entries()) {
			const end = index === this.#chunks.length - 1 ? this.#used : CHUNK_WORDS;
			for (let at = 0; at < end && chunk[at] !== 0; ) {
				const length = chunk[at] ?? 0;
				words.fill(0);
				words.set(chunk.subarray(at + 1, at + 1 + length));
				at += length + 1;
				const isSlices = typeOfEntry(entry) === command.SET_SLICES;
				const performed = isSlices ? slices.take(entry) : readCommandEntry(entry, (place) => place);
				if (performed !== null) yield performed;
			}
		}
	}

	#fold(performed: PerformanceCommand): void {
		switch (performed.type) {
			case "load": {
				const sample = this.#samples[performed.sample];
				if (sample !== undefined) this.#slots.set(performed.slot, sample);
				this.#slices.delete(performed.slot);
				break;
			}
			case "unload":
				this.#slots.delete(performed.slot);
				this.#slices.delete(performed.slot);
				break;
			case "slices": {
				const { slot, slices } = performed;
				if (slices.length === 0) this.#slices.delete(slot);
				else this.#slices.set(slot, { slot, slices });
				break;
			}
			case "set":
				this.#foldParameter(performed);
				break;
			case "play":
			case "stop":
			case "stopAll":
			case "press":
			case "release":
			case "stopPad":
			case "stopVoice":
			case "voiceGain":
			case "cancelQueued":
			case "pause":
			case "resume":
			case "seek":
			case "roll":
			case "endRoll":
			case "transportStart":
			case "transportStop":
			case "transportMove":
			case "transportNudge":
				break;
			default:
				performed satisfies never;
		}
	}

	#foldParameter({ frame: _frame, type: _type, ...set }: PerformanceParameter & { frame: number; type: "set" }): void {
		const { number, default: usual } = parameterOf(nameOf(set));
		const key = "slot" in set ? set.slot * MAX_PARAMETERS + number : Number.MAX_SAFE_INTEGER - MAX_PARAMETERS + number;
		if (set.value === usual) this.#parameters.delete(key);
		else this.#parameters.set(key, set);
	}

	/** The place of a sample in the history's list; the same content has one. */
	#placeOf(sample: PerformanceSample): number {
		const key = keyOf(sample);
		const place = this.#places.get(key) ?? this.#samples.push(sample) - 1;
		this.#places.set(key, place);
		return place;
	}
}

/** Leaves out the numbers of voices that nothing names. */
function withoutIdleNumbers(commands: readonly PerformanceCommand[]): PerformanceCommand[] {
	const named = new Set(
		commands.flatMap((performed) =>
			performed.type === "stopVoice" || performed.type === "voiceGain" ? [performed.voice] : [],
		),
	);
	return commands.map((performed) => {
		if (performed.type !== "play" || performed.voice === undefined || named.has(performed.voice)) return performed;
		const { voice: _voice, ...plain } = performed;
		return plain;
	});
}

function keyOf({ contentHash, trimEncoderDelay, pcmChecksum }: PerformanceSample): string {
	return `${contentHash} ${trimEncoderDelay} ${pcmChecksum}`;
}
