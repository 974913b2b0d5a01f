import * as fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_BLOCK_FRAMES } from "../../engine/src/protocol/shared-memory.ts";
import { KernelHost, type KernelOptions } from "./kernel-host.ts";
import { commandsFrom, kernelOptions, noises, performances, placeRecordings, type Scene } from "./performance.ts";
import { ReferenceMixer } from "./reference-mixer.ts";
import { firstDifference } from "./signals.ts";

const SEED = 0x10_0f_e4;
const kernel = new KernelHost();

/** Plays the scenes in blocks of one length. */
function renderScenes(script: readonly Scene[], how: KernelOptions, blockFrames: number): Float32Array[] {
	kernel.restart(how);
	placeRecordings(kernel);
	let startFrame = 0;
	return script.map((scene) => {
		for (const command of commandsFrom(scene, startFrame)) kernel.send(command);
		startFrame += scene.frames;
		return kernel.render(scene.frames, blockFrames);
	});
}

test("any block length gives the stream of 128 frames a block, to the bit", () => {
	fc.assert(
		fc.property(
			performances(noises),
			kernelOptions,
			fc.integer({ min: 1, max: MAX_BLOCK_FRAMES }),
			(script, how, blockFrames) => {
				const usual = renderScenes(script, how, 128);
				const other = renderScenes(script, how, blockFrames);
				for (const [index, rendered] of other.entries()) expect(firstDifference(rendered, usual[index]!)).toBe(-1);
			},
		),
		{ seed: SEED, numRuns: 100 },
	);
});

test("any set sounds like the reference mixer, to the bit", () => {
	fc.assert(
		fc.property(performances(noises), kernelOptions, (script, how) => {
			const reference = new ReferenceMixer(how);
			let startFrame = 0;
			for (const [index, rendered] of renderScenes(script, how, MAX_BLOCK_FRAMES).entries()) {
				const scene = script[index]!;
				for (const command of commandsFrom(scene, startFrame)) reference.send(command);
				startFrame += scene.frames;
				expect(firstDifference(rendered, reference.render(scene.frames))).toBe(-1);
			}
		}),
		{ seed: SEED, numRuns: 100 },
	);
});

test("any set lies within -120 dB of its peak of the same sums in f64", () => {
	fc.assert(
		fc.property(performances(noises), kernelOptions, (script, how) => {
			const exact = new ReferenceMixer(how, (value) => value);
			let startFrame = 0;
			let worst = 0;
			let peak = 0;
			for (const [index, rendered] of renderScenes(script, how, 128).entries()) {
				for (const command of commandsFrom(script[index]!, startFrame)) exact.send(command);
				startFrame += script[index]!.frames;
				for (const [at, value] of exact.render(script[index]!.frames).entries()) {
					worst = Math.max(worst, Math.abs(rendered[at]! - value));
					peak = Math.max(peak, Math.abs(value));
				}
			}
			expect(worst).toBeLessThanOrEqual(peak * 1e-6);
		}),
		{ seed: SEED, numRuns: 100 },
	);
});
