import { expect, test } from "vitest";
import { SEAM_FRAMES } from "../../engine/src/protocol/seam.ts";
import { MAX_BLOCK_FRAMES, STATUS_ACTIVE_VOICES } from "../../engine/src/protocol/shared-memory.ts";
import { KernelHost, type PlacedSample, play } from "./kernel-host.ts";
import { placeRecordings, resampledNoise } from "./performance.ts";
import { bitsOf, constant, noise } from "./signals.ts";

const EDGE_FRAMES = 60;

/** A stereo loop in slot 0: 300 frames of noise with 60 frames of other noise at either end, and one more. */
function startLoop(kernel: KernelHost, loopFrames = 300): PlacedSample {
	const [sample] = placeRecordings(kernel, [resampledNoise(2, loopFrames, EDGE_FRAMES)]);
	kernel.send({ type: "load", slot: 0, sample: sample! });
	kernel.send(play(0, 1, true));
	return sample!;
}

/** Stereo frames, the second number being the first frame that is left out. */
const framesOf = (samples: Float32Array, from: number, to: number): number[] => [...samples.subarray(2 * from, 2 * to)];

/** Of the edges, counted from the head's first. */
const edgeFramesOf = (edges: Float32Array, from: number, to: number): number[] =>
	framesOf(edges, SEAM_FRAMES + from, SEAM_FRAMES + to);

test("a loop begins as the one-shot does, ends in its edges, and goes on from them in every later round", () => {
	const kernel = new KernelHost();
	const { samples, seam } = startLoop(kernel);
	const { edges } = seam!;
	const middle = framesOf(samples, 60, 240);
	const tail = edgeFramesOf(edges, 60, 120);
	const first = [...framesOf(samples, 0, 60), ...middle, ...tail];
	const later = [...edgeFramesOf(edges, 0, 60), ...middle, ...tail];
	expect([...kernel.render(4 * 300)]).toEqual([...first, ...later, ...later, ...later]);
});

test("a one-shot of the same sample plays nothing of its edges", () => {
	const kernel = new KernelHost();
	const { samples } = startLoop(kernel);
	kernel.send({ type: "stopAll" });
	kernel.send(play(0));
	expect(bitsOf(kernel.render(300))).toEqual(bitsOf(samples));
	kernel.renderBlock(1);
	expect(kernel.status(STATUS_ACTIVE_VOICES)).toBe(0);
});

test.each([1, 2, 3, 59, 119, 120, 121])(
	"a sample of %i frames, as long as its two edges or shorter, changes over from its head to its tail in the middle",
	(frames) => {
		const kernel = new KernelHost();
		const [sample] = placeRecordings(kernel, [resampledNoise(1, frames, EDGE_FRAMES)]);
		kernel.send({ type: "load", slot: 0, sample: sample! });
		kernel.send(play(0, 1, true));
		const { samples, seam } = sample!;
		const middle = Math.min(EDGE_FRAMES, Math.floor(frames / 2));
		const edges = seam!.edges.subarray(SEAM_FRAMES, -SEAM_FRAMES - 1);
		const tail = [...edges.subarray(middle)];
		const body = [...samples.subarray(middle, frames - tail.length)];
		const first = [...samples.subarray(0, middle), ...body, ...tail];
		const later = [...edges.subarray(0, middle), ...body, ...tail];
		const heard = kernel.render(3 * frames).filter((_, index) => index % 2 === 0);
		expect([...heard]).toEqual([...first, ...later, ...later]);
	},
);

test("what fades goes on over the seam through the same edges", () => {
	for (const before of [1, 30, 299, 300, 301, 599]) {
		const kernel = new KernelHost({ fadeFrames: 240 });
		startLoop(kernel);
		const whole = new KernelHost({ fadeFrames: 240 });
		startLoop(whole);
		const heard = whole.render(before + 240);
		kernel.render(before);
		kernel.send({ type: "stop", slot: 0 });
		const faded = kernel.render(240);
		const expected = heard
			.subarray(2 * before)
			.map((value, index) => Math.fround(value * Math.fround((240 - Math.floor(index / 2)) / 240)));
		expect(bitsOf(faded)).toEqual(bitsOf(expected));
	}
});

test("a loop whose voice is stolen, whose slot is loaded anew and emptied, keeps its edges and lets its region go", () => {
	const kernel = new KernelHost({ voices: 1 });
	const loop = startLoop(kernel);
	const other = kernel.place(noise(2 * 4000, 9), 2);
	kernel.render(250);
	kernel.send({ type: "load", slot: 0, sample: other });
	expect(framesOf(kernel.render(100), 0, 50)).toEqual(edgeFramesOf(loop.seam!.edges, 70, 120));
	expect(kernel.retired()).toEqual([]);
	kernel.send(play(0));
	kernel.render(240);
	expect(kernel.retired()).toEqual([loop.handle]);
	kernel.send({ type: "unload", slot: 0 });
	kernel.render(1000);
	expect(kernel.retired()).toEqual([other.handle]);
	expect(kernel.render(100)).toEqual(constant(200, 0));
});

test("a loop of a slot that was loaded without edges does not read those of the sample before", () => {
	const kernel = new KernelHost();
	startLoop(kernel);
	const plain = kernel.place(noise(2 * 200, 5), 2);
	kernel.send({ type: "load", slot: 0, sample: plain });
	kernel.send({ type: "stopAll" });
	kernel.send(play(0, 1, true));
	expect([...kernel.render(600, MAX_BLOCK_FRAMES)]).toEqual([...plain.samples, ...plain.samples, ...plain.samples]);
});
