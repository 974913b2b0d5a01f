import { WasmMemory } from "./wasm-memory.ts";

/** The loader module's exports that transform. */
interface SpectrumExports {
	powerSpectra(signal: number, hop: number, length: number, tables: number, work: number, power: number): void;
}

/** How a signal is cut into windows. */
interface Windows {
	/** Frames of a window, a power of two. */
	readonly length: number;
	/** Frames from one window to the next. */
	readonly hop: number;
	/** Silence before the first window's signal. */
	readonly lead: number;
}

/**
 * Receives the power of one window, valid until it returns: that of a bin is `power[LANES * bin + lane]`; a sine of full scale has 1 in
 * its own.
 */
export type TakeSpectrum = (power: Float32Array, lane: number) => void;

/** Windows transformed at once. */
export const LANES = 8;
/** Where each of them is among the eight numbers of a bin. */
const LANE_OF = [0, 4, 1, 5, 2, 6, 3, 7] as const;
/** Hops gathered before windows are transformed. */
const HOPS = 8 * LANES;

/** Power spectra of overlapping Hann windows of a signal that comes in pieces. Thread: analysis. */
export class Spectra {
	readonly #windows: Windows;
	readonly #take: TakeSpectrum;
	readonly #exports: SpectrumExports;
	readonly #addresses: {
		readonly signal: number;
		readonly tables: number;
		readonly work: number;
		readonly power: number;
	};
	readonly #signal: Float32Array;
	readonly #power: Float32Array;
	#filled: number;
	#taken = 0;
	#given = 0;

	/** @param module - the built `loader.wasm` */
	constructor(module: WebAssembly.Module, windows: Windows, take: TakeSpectrum) {
		const { length, hop, lead } = windows;
		this.#windows = windows;
		this.#take = take;
		const memory = new WasmMemory<SpectrumExports>(module);
		this.#exports = memory.exports;
		const samples = length + HOPS * hop;
		const bins = length / 2 + 1;
		this.#addresses = {
			signal: memory.allocate(4 * samples),
			tables: memory.allocate(3 * 4 * length),
			work: memory.allocate(2 * 16 * length),
			power: memory.allocate(4 * LANES * bins),
		};
		const { signal, tables, power } = this.#addresses;
		fillTables(memory.floats(tables, 2 * length), memory.integers(tables + 8 * length, length));
		this.#signal = memory.floats(signal, samples);
		this.#power = memory.floats(power, LANES * bins);
		this.#filled = lead;
	}

	push(samples: Float32Array): void {
		this.#taken += samples.length;
		for (let at = 0; at < samples.length; ) {
			const count = Math.min(samples.length - at, this.#signal.length - this.#filled);
			this.#signal.set(samples.subarray(at, at + count), this.#filled);
			at += count;
			this.#filled += count;
			if (this.#filled === this.#signal.length) this.#give();
		}
	}

	/** Ends the signal, with silence behind it: a window for each hop of it, and some more. */
	flush(): void {
		while (this.#given * this.#windows.hop < this.#taken) {
			this.#signal.fill(0, this.#filled);
			this.#filled = this.#signal.length;
			this.#give();
		}
	}

	#give(): void {
		const { length, hop } = this.#windows;
		const { signal, tables, work, power } = this.#addresses;
		for (let given = 0; given < HOPS; given += LANES) {
			this.#exports.powerSpectra(signal + 4 * given * hop, hop, length, tables, work, power);
			for (const lane of LANE_OF) this.#take(this.#power, lane);
		}
		this.#given += HOPS;
		this.#signal.copyWithin(0, HOPS * hop);
		this.#filled -= HOPS * hop;
	}
}

/** The window, the twiddle factors and the bit-reversed indices; see packages/kernel/assembly/loader/spectra.ts. */
function fillTables(floats: Float32Array, reversed: Uint32Array): void {
	const { length } = reversed;
	for (let n = 0; n < length; n++) floats[n] = (2 / length) * (1 - Math.cos((2 * Math.PI * n) / length));
	for (let k = 0; k < length / 2; k++) {
		floats[length + 2 * k] = Math.cos((2 * Math.PI * k) / length);
		floats[length + 2 * k + 1] = -Math.sin((2 * Math.PI * k) / length);
	}
	for (let index = 1; index < length; index++)
		reversed[index] = (reversed[index >> 1]! >> 1) | ((index & 1) * (length / 2));
}
