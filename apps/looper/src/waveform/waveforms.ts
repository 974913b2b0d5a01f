import { Listeners } from "../instrument/listeners.ts";
import type { LooperEngine } from "../instrument/looper-engine.ts";
import type { PadState } from "../instrument/pad-state.ts";
import { Peaks } from "./peaks.ts";
import { openWaveFile, type WaveFile } from "./wave-file.ts";

type Sample = NonNullable<PadState["sample"]>;

/** Samples that are read at a time, over all channels: a millisecond or two where the code is not compiled yet. */
const pieceSamples = 2 ** 15;
/** Pieces that a step reads at most, and the milliseconds after which it begins no further one. */
const mostPieces = 16;
const stepMilliseconds = 2;
/** Larger files are not kept for their single samples. */
const mostKeptBytes = 2 ** 29;

/** The waveform of a pad's sample. */
export interface Waveform {
	/** They grow while the sample is read. */
	readonly peaks: Peaks;
	/** The samples themselves; null while they are not kept. */
	readonly file: WaveFile | null;
}

/** A sample that is being read. */
interface Reading {
	readonly pad: number;
	readonly sample: Sample;
	/** Null until the engine has handed it out. */
	file: WaveFile | null;
}

/**
 * The waveforms of what the pads hold. Each sample's is computed once, when it is first asked for: one after the other, a slice per
 * `step`, so that no frame is late. The samples themselves are kept for one pad at a time.
 */
export class Waveforms {
	/** The numbers of pads whose waveform has grown. */
	readonly changes: Listeners<number> = new Listeners();
	readonly #engine: Pick<LooperEngine, "pad">;
	readonly #pads: { readonly states: readonly PadState[] };
	readonly #now: () => number;
	readonly #peaks = new WeakMap<Sample, Peaks>();
	readonly #failed = new WeakSet<Sample>();
	readonly #large = new WeakSet<Sample>();
	readonly #wanted = new Set<number>();
	#reading: Reading | null = null;
	#kept: { readonly sample: Sample; readonly file: WaveFile } | null = null;
	#keptPad: number | null = null;

	/** @param pads - an instrument's `Pads` are ones; @param now - a clock of milliseconds, which bounds a step */
	constructor(
		engine: Pick<LooperEngine, "pad">,
		pads: { readonly states: readonly PadState[] },
		now: () => number = Date.now,
	) {
		this.#engine = engine;
		this.#pads = pads;
		this.#now = now;
	}

	/** What is known of the pad's waveform, and the start of its reading. Null for a pad without a sample, and before the first slice. */
	of(pad: number): Waveform | null {
		const sample = this.#pads.states[pad]?.sample ?? null;
		if (sample === null) return null;
		if (this.#needs(pad, sample)) this.#wanted.add(pad);
		const peaks = this.#peaks.get(sample);
		if (peaks === undefined) return null;
		return { peaks, file: this.#kept?.sample === sample ? this.#kept.file : null };
	}

	/** Keeps the samples themselves of that pad alone, and reads it before the others. @param pad - null for none */
	keepSamples(pad: number | null): void {
		this.#keptPad = pad;
		if (pad === null || this.#kept?.sample !== this.#pads.states[pad]?.sample) this.#kept = null;
	}

	/** Reads the next slice. Called once per frame. */
	step(): void {
		const reading = this.#reading;
		if (reading === null) this.#startNext();
		else if (reading.file !== null) this.#read(reading, reading.file);
	}

	#needs(pad: number, sample: Sample): boolean {
		if (this.#failed.has(sample) || this.#reading?.sample === sample) return false;
		if (this.#peaks.get(sample)?.isComplete !== true) return true;
		return pad === this.#keptPad && this.#kept?.sample !== sample && !this.#large.has(sample);
	}

	#startNext(): void {
		const pad = this.#keptPad !== null && this.#wanted.has(this.#keptPad) ? this.#keptPad : [...this.#wanted][0];
		if (pad === undefined) return;
		this.#wanted.delete(pad);
		const sample = this.#pads.states[pad]?.sample ?? null;
		if (sample === null || !this.#needs(pad, sample)) return;
		const reading: Reading = { pad, sample, file: null };
		this.#reading = reading;
		void this.#export(reading);
	}

	async #export(reading: Reading): Promise<void> {
		const { pad, sample } = reading;
		try {
			const bytes = await this.#engine.pad(pad).exportWav();
			const file = openWaveFile(bytes);
			// What the engine holds may be a newer sample than the one that was asked for.
			if (this.#pads.states[pad]?.sample !== sample) this.#reading = null;
			else {
				if (bytes.length > mostKeptBytes) this.#large.add(sample);
				else if (pad === this.#keptPad) this.#kept = { sample, file };
				if (this.#peaks.get(sample)?.isComplete !== true) this.#peaks.set(sample, new Peaks(file.frames));
				reading.file = file;
			}
		} catch {
			// A waveform is a picture: without it the pad still plays.
			this.#failed.add(sample);
			this.#reading = null;
		}
	}

	#read({ pad, sample }: Reading, file: WaveFile): void {
		const peaks = this.#peaks.get(sample);
		if (peaks !== undefined) this.#readSlice(peaks, file);
		if (peaks === undefined || peaks.isComplete) this.#reading = null;
		if (this.#pads.states[pad]?.sample === sample) this.changes.notify(pad);
		else this.#reading = null;
	}

	/** Adds one piece at least. */
	#readSlice(peaks: Peaks, file: WaveFile): void {
		const count = Math.ceil(pieceSamples / file.channels);
		const start = this.#now();
		for (let piece = 0; piece < mostPieces; piece++) {
			if (peaks.isComplete || (piece > 0 && this.#now() - start >= stepMilliseconds)) return;
			const { interleaved, channels } = file.read(peaks.readyFrames, count);
			peaks.add(interleaved, channels);
		}
	}
}
