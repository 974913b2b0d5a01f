import * as fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_BLOCK_FRAMES } from "../../engine/src/protocol/shared-memory.ts";
import { type Command, KernelHost, type KernelOptions, play } from "./kernel-host.ts";
import { advance, type Voice } from "./model-voice.ts";
import { commandsFrom, kernelOptions, performances, placeRecordings, type Scene } from "./performance.ts";
import { ReferenceMixer } from "./reference-mixer.ts";
import { constant } from "./signals.ts";
import { smoothRecordings } from "./smooth-recordings.ts";
import { StepBound, StepDetector } from "./step-bound.ts";

const SEED = 0x0c11_c4;
const kernel = new KernelHost();
const scripts = performances(smoothRecordings);

/** What renders a performance. */
interface Renderer {
	send(command: Command): void;
	render(frames: number): Float32Array;
}

/** A kernel just started, with the samples in its memory. */
function freshKernel(options: KernelOptions, blockFrames = 128): Renderer {
	kernel.restart(options);
	placeRecordings(kernel, smoothRecordings);
	return {
		send: (command) => kernel.send(command),
		render: (frames) => kernel.render(frames, blockFrames),
	};
}

/** Plays the scenes, then stops everything, as a shut down does. @returns the first click, null when there is none */
function clickIn(script: readonly Scene[], renderer: Renderer, rules: KernelOptions): string | null {
	const bound = new StepBound(rules);
	const detector = new StepDetector(bound);
	let click: string | null = null;
	let startFrame = 0;
	for (const scene of [...script, { commands: [{ type: "stopAll" } as const], frames: 2000 }]) {
		for (const command of commandsFrom(scene, startFrame)) {
			renderer.send(command);
			bound.send(command);
		}
		startFrame += scene.frames;
		click ??= detector.firstClick(renderer.render(scene.frames));
	}
	return click;
}

test("no performance contains a jump that its samples do not contain", () => {
	fc.assert(
		fc.property(scripts, kernelOptions, fc.integer({ min: 1, max: MAX_BLOCK_FRAMES }), (script, how, blockFrames) => {
			expect(clickIn(script, freshKernel(how, blockFrames), how)).toBeNull();
		}),
		{ seed: SEED, numRuns: 300 },
	);
});

/** What a mixer with a fault in its releases makes of the same rules. */
interface Fault {
	/** The release's gain, in place of the right one. */
	readonly gain?: (framesDone: number, frames: number) => number;
	/** Done to a voice whose release begins. */
	readonly begin?: (voice: Voice) => void;
}

class FaultyMixer extends ReferenceMixer {
	readonly #fault: Fault;

	constructor(options: KernelOptions, fault: Fault) {
		super(options);
		this.#fault = fault;
	}

	protected override beginRelease(voice: Voice): void {
		super.beginRelease(voice);
		this.#fault.begin?.(voice);
	}

	protected override fadeOf(voice: Voice): number {
		const { gain } = this.#fault;
		if (voice.release === null || gain === undefined) return super.fadeOf(voice);
		return gain(voice.release.frames, this.options.fadeFrames);
	}
}

const faults: [string, Fault][] = [
	["no release at all", { gain: () => 0 }],
	["a release without its last frame", { gain: (done, all) => (done === all - 1 ? 0 : (all - done) / all) }],
	["a release one frame shorter", { gain: (done, all) => (all - 1 - done) / (all - 1) }],
	["a release that begins a fiftieth too low", { gain: (done, all) => (0.98 * (all - done)) / all }],
	[
		"a release from the sample's start",
		{
			begin: (voice) => {
				voice.position = 0;
			},
		},
	],
	["a release that skips a frame of the sample", { begin: advance }],
];

test.each(faults)("the detector hears %s, and not the right release", (_, fault) => {
	const how = { slots: 4, voices: 3, overflow: 0, fadeFrames: 240 };
	const found = fc.sample(scripts, { seed: SEED, numRuns: 60 }).filter((script) => {
		expect(clickIn(script, new ReferenceMixer(how), how)).toBeNull();
		return clickIn(script, new FaultyMixer(how, fault), how) !== null;
	});
	expect(found.length).toBeGreaterThan(10);
});

test.each([1, 120, 239])(
	"the detector hears a kernel that releases over %i frames where 240 are promised",
	(fadeFrames) => {
		const how = { slots: 4, voices: 3, overflow: 0, fadeFrames: 240 };
		const found = fc
			.sample(scripts, { seed: SEED, numRuns: 60 })
			.filter((script) => clickIn(script, freshKernel({ ...how, fadeFrames }), how) !== null);
		expect(found.length).toBeGreaterThan(20);
	},
);

test("the detector hears a single sample that is wrong", () => {
	const how = { fadeFrames: 240 };
	kernel.restart(how);
	const commands: Command[] = [{ type: "load", slot: 0, sample: kernel.place(constant(1000, 1), 1) }, play(0, 1, true)];
	for (const command of commands) kernel.send(command);
	const rendered = kernel.render(3000);
	const clickOf = (signal: Float32Array): string | null => {
		const bound = new StepBound(how);
		for (const command of commands) bound.send(command);
		return new StepDetector(bound).firstClick(signal);
	};
	expect(clickOf(rendered)).toBeNull();
	rendered[2 * 1234 + 1] = 0.9999;
	expect(clickOf(rendered)).toMatch(/^frame 1234, channel 1: 0.0001\d* where 0 is allowed$/);
});
