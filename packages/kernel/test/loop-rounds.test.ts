/** Rule 12 of docs/guide/looping.md, over random lengths, tempi, rates and block lengths; `npm run verify` runs more of them. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as parameters from "../../engine/src/protocol/parameters.ts";
import { KernelHost } from "./kernel-host.ts";
import { noise } from "./signals.ts";

const SEED = 20_261_201;
const RUNS = process.env["EVERY_SUITE"] === "1" ? 200 : 12;
const ROUNDS = 1000;
const TEMPO_CHANGES = 50;
/** Frames of the sample that rounding may amount to. */
const ROUNDING = 1e-3;

const rates = fc.constantFrom(8000, 44_100, 48_000, 96_000);
const blocks = fc.constantFrom(1, 64, 100, 128, 441, 2048);

/** A kernel with a pressed pad that loops noise. */
function looping(sampleRate: number, frames: number, settings: Readonly<Record<number, number>>): KernelHost {
	const kernel = new KernelHost({ sampleRate });
	kernel.send({ type: "load", slot: 0, sample: kernel.place(noise(frames, 4), 1) });
	for (const [parameter, value] of Object.entries({ ...settings, [parameters.PAD_LOOP]: 1 })) {
		kernel.send({ type: "set", slot: 0, parameter: Number(parameter), value });
	}
	kernel.send({ type: "press", slot: 0, velocity: 1 });
	return kernel;
}

function renderFrames(kernel: KernelHost, frames: number, blockFrames: number): void {
	for (let done = 0; done < frames; done += blockFrames) kernel.renderBlock(Math.min(blockFrames, frames - done));
}

/** How far a playhead is from a place in a loop, either way round. */
function distanceInLoop(place: number, exact: number, length: number): number {
	const distance = Math.abs(place - exact) % length;
	return Math.min(distance, length - distance);
}

test(`rule 12: loops that follow the tempo are on their frame after ${ROUNDS} rounds and ${TEMPO_CHANGES} tempo changes, seed ${SEED}`, () => {
	const property = fc.property(
		rates,
		blocks,
		fc.integer({ min: 4000, max: 8000 }),
		fc.integer({ min: 70, max: 130 }),
		fc.array(fc.double({ min: 0.3, max: 3, noNaN: true }), { minLength: TEMPO_CHANGES, maxLength: TEMPO_CHANGES }),
		(sampleRate, blockFrames, length, naturalTempo, factors) => {
			const lengthBeats = (length * naturalTempo) / (60 * sampleRate);
			const kernel = looping(sampleRate, length, {
				[parameters.PAD_SYNC]: parameters.SYNC_REPITCH,
				[parameters.PAD_LENGTH_BEATS]: lengthBeats,
			});
			let beat = 0;
			for (const [change, factor] of factors.entries()) {
				const tempo = Math.max(naturalTempo * factor, 20);
				kernel.send({ type: "set", slot: 0, parameter: parameters.TRANSPORT_TEMPO, value: tempo });
				const roundFrames = (lengthBeats * 60 * sampleRate) / tempo;
				const frames = Math.round((ROUNDS / TEMPO_CHANGES) * roundFrames) + change * 7;
				renderFrames(kernel, frames, Math.max(blockFrames, Math.ceil(frames / 5000)));
				beat += (frames * tempo) / (60 * sampleRate);
				const exact = ((beat / lengthBeats) * length) % length;
				expect(distanceInLoop(kernel.playhead(0), exact, length)).toBeLessThan(ROUNDING);
			}
			expect(beat / lengthBeats).toBeGreaterThan(ROUNDS - TEMPO_CHANGES);
		},
	);
	fc.assert(property, { seed: SEED, numRuns: RUNS });
});

test(`rule 12: loops at speeds of their own are on their frame after ${ROUNDS} rounds, seed ${SEED}`, () => {
	const property = fc.property(
		rates,
		blocks,
		fc.double({ min: 64, max: 6000, noNaN: true }),
		fc.double({ min: 0, max: 1000, noNaN: true }),
		fc.double({ min: 0.25, max: 4, noNaN: true }),
		fc.boolean(),
		(sampleRate, blockFrames, length, start, speed, isReversed) => {
			const kernel = looping(sampleRate, 8000, {
				[parameters.PAD_LOOP_START]: start,
				[parameters.PAD_LOOP_END]: start + length,
				[parameters.PAD_SPEED]: speed,
				[parameters.PAD_REVERSE]: isReversed ? 1 : 0,
			});
			const frames = Math.ceil((ROUNDS * length) / speed) + 7;
			renderFrames(kernel, frames, Math.max(blockFrames, Math.ceil(frames / 100_000)));
			const traversed = (frames * speed) % length;
			const exact = isReversed ? start + length - 1 - traversed : start + traversed;
			expect(distanceInLoop(kernel.playhead(0), exact, length)).toBeLessThan(ROUNDING);
		},
	);
	fc.assert(property, { seed: SEED, numRuns: RUNS });
});
