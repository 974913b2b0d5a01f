import { expect, test } from "vitest";
import * as layout from "../../engine/src/protocol/shared-memory.ts";
import { KernelHost, type KernelOptions } from "./kernel-host.ts";
import { Random } from "./signals.ts";
import { SLOTS, SlowPerformance } from "./slow-performance.ts";

const PERFORMANCES = 60;
const MOMENTS = 40;
/**
 * How far three frames of the output may lie from a straight line. A step or a click shows as its whole height. What the performances
 * have: a sine of 30 Hz at 0.2 that starts at rate 4 has a corner of 0.0031, a release over 240 frames begins and ends with one of
 * 0.0008 at most, and the bends of sines at rate 4 are 0.00005 each. A dozen of the largest may come together.
 */
const BOUND = 0.02;

const options: KernelOptions = { slots: SLOTS, voices: 12, fadeFrames: 240 };

/** Finds the widest bend in interleaved frames that come in pieces, and where it is. */
class BendDetector {
	readonly #last: [number[], number[]] = [
		[0, 0],
		[0, 0],
	];
	#frame = 0;
	widest = 0;
	widestFrame = 0;

	add(rendered: Float32Array): void {
		for (const [index, sample] of rendered.entries()) {
			const last = this.#last[index % 2]!;
			const bend = Math.abs(sample - 2 * last[1]! + last[0]!);
			if (!(bend <= this.widest)) {
				this.widest = bend;
				this.widestFrame = this.#frame + (index >> 1);
			}
			last.shift();
			last.push(sample);
		}
		this.#frame += rendered.length / 2;
	}
}

interface Findings {
	readonly detector: BendDetector;
	readonly cutReleases: number;
	readonly invalid: number;
}

/** Renders a performance. @param fault - changes what was rendered */
function perform(
	seed: number,
	how: KernelOptions = options,
	fault: (rendered: Float32Array) => void = () => {},
): Findings {
	const kernel = new KernelHost(how);
	const performance = new SlowPerformance(kernel, new Random(seed));
	const detector = new BendDetector();
	for (let moment = 0; moment < MOMENTS; moment++) {
		const rendered = performance.next();
		if (moment === MOMENTS / 2) fault(rendered);
		detector.add(rendered);
		kernel.journal();
		kernel.events();
		kernel.retired();
	}
	return {
		detector,
		cutReleases: kernel.status(layout.STATUS_CUT_RELEASES),
		invalid: kernel.status(layout.STATUS_INVALID_COMMANDS),
	};
}

test(`no performance with everything in it has a step; ${PERFORMANCES} of them`, () => {
	let cut = 0;
	for (let seed = 1; seed <= PERFORMANCES; seed++) {
		const { detector, cutReleases, invalid } = perform(seed);
		expect(invalid).toBe(0);
		if (cutReleases > 0) cut++;
		else expect(detector.widest, `seed ${seed}, frame ${detector.widestFrame}`).toBeLessThan(BOUND);
	}
	expect(cut).toBeLessThan(PERFORMANCES / 20);
});

test("the detector hears one sample that is off by 0.05, anywhere", () => {
	for (let seed = 1; seed <= 5; seed++) {
		const click = (rendered: Float32Array): void => {
			rendered[rendered.length >> 1]! += 0.05;
		};
		expect(perform(seed, options, click).detector.widest).toBeGreaterThan(BOUND);
	}
});

test("the detector hears releases without a fade", () => {
	const heard = Array.from(
		{ length: 20 },
		(_, seed) => perform(seed + 1, { ...options, fadeFrames: 1 }).detector.widest,
	);
	expect(heard.filter((widest) => widest > BOUND).length).toBeGreaterThan(15);
});
