import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { noise } from "../../test/analysis-sounds.ts";
import { LANES, Spectra } from "./spectra.ts";

const loader = new WebAssembly.Module(readFileSync(new URL("../../dist/loader.wasm", import.meta.url)));

/** The powers of all bins by the definition of the transform. */
function powersOf(window: Float32Array): number[] {
	const { length } = window;
	const weighed = Array.from(window, (sample, n) => (2 / length) * (1 - Math.cos((2 * Math.PI * n) / length)) * sample);
	return Array.from({ length: length / 2 + 1 }, (_, bin) => {
		const angle = (n: number): number => (2 * Math.PI * bin * n) / length;
		const real = weighed.reduce((sum, sample, n) => sum + sample * Math.cos(angle(n)), 0);
		const imaginary = weighed.reduce((sum, sample, n) => sum + sample * Math.sin(angle(n)), 0);
		return real * real + imaginary * imaginary;
	});
}

test.each([8, 64, 512])("spectra of %d frames are those of the definition, however the signal is cut", (length) => {
	const hop = length / 4;
	const signal = noise(40 * hop);
	const expected: number[][] = [];
	for (let centre = 0; centre < signal.length; centre += hop) {
		const window = Float32Array.from({ length }, (_, n) => signal[centre - length / 2 + n] ?? 0);
		expected.push(powersOf(window));
	}
	for (const piece of [1, 333, signal.length]) {
		const found: number[][] = [];
		const spectra = new Spectra(loader, { length, hop, lead: length / 2 }, (power, lane) => {
			found.push(Array.from({ length: length / 2 + 1 }, (_, bin) => power[LANES * bin + lane]!));
		});
		for (let at = 0; at < signal.length; at += piece) spectra.push(signal.subarray(at, at + piece));
		spectra.flush();
		const highest = Math.max(...expected.flat());
		for (const [window, powers] of expected.entries())
			for (const [bin, power] of powers.entries())
				expect(Math.abs(found[window]![bin]! - power)).toBeLessThan(1e-6 * highest);
	}
});
