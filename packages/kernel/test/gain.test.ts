import { expect, test } from "vitest";
import { KernelHost, play } from "./kernel-host.ts";
import { constant } from "./signals.ts";

const FADE_FRAMES = 240;

/** A host that plays a long loop of the value 1, so that its output is the master gain. */
function gainHost(decibelsBeforeFirstBlock?: number): KernelHost {
	const kernel = new KernelHost({ fadeFrames: FADE_FRAMES });
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2 * 1000, 1), 2) });
	kernel.send(play(0, 1, true));
	if (decibelsBeforeFirstBlock !== undefined) kernel.send({ type: "gain", decibels: decibelsBeforeFirstBlock });
	return kernel;
}

test("the gain before the first block is there at once", () => {
	const kernel = gainHost(-6);
	expect(kernel.render(300)).toEqual(constant(600, 10 ** (-6 / 20)));
});

test("a gain set while nothing sounds is there at once, silent blocks before it or not", () => {
	const kernel = new KernelHost({ fadeFrames: FADE_FRAMES });
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2 * 1000, 1), 2) });
	kernel.render(128);
	kernel.send({ type: "gain", decibels: -6 });
	kernel.send(play(0, 1, true));
	expect(kernel.render(300)).toEqual(constant(600, 10 ** (-6 / 20)));
});

test("decibels become the f32 nearest to 10^(dB/20), from -199 to 60", () => {
	const kernel = new KernelHost();
	for (let step = -199 * 8; step <= 60 * 8; step++) {
		const decibels = step / 8;
		kernel.restart();
		kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2, 1), 2) });
		kernel.send(play(0, 1, true));
		kernel.send({ type: "gain", decibels });
		const gain = kernel.render(1)[0]!;
		expect(Math.abs(gain / 10 ** (decibels / 20) - 1), `${decibels} dB`).toBeLessThanOrEqual(2 ** -24);
	}
});

test.each([Number.NEGATIVE_INFINITY, -1e30, -200])("%d dB is exactly silence", (decibels) => {
	expect(gainHost(decibels).render(300)).toEqual(constant(600, 0));
});

test("0 dB after another gain is exactly 1 again", () => {
	const kernel = gainHost(-12);
	kernel.render(128);
	kernel.send({ type: "gain", decibels: 0 });
	kernel.render(FADE_FRAMES);
	expect(kernel.render(300)).toEqual(constant(600, 1));
});

test("a change moves linearly over the fade time and then stands still", () => {
	const kernel = gainHost();
	kernel.render(100);
	kernel.send({ type: "gain", decibels: Number.NEGATIVE_INFINITY });
	const rendered = kernel.render(FADE_FRAMES + 100);
	for (let frame = 0; frame < FADE_FRAMES + 100; frame++) {
		expect(rendered[2 * frame]).toBe(Math.fround(Math.max(0, 1 - frame / FADE_FRAMES)));
	}
});

test("a change during a change starts from where the gain is", () => {
	const kernel = gainHost();
	kernel.render(100);
	kernel.send({ type: "gain", decibels: Number.NEGATIVE_INFINITY });
	kernel.render(FADE_FRAMES / 2);
	kernel.send({ type: "gain", decibels: 0 });
	const rendered = kernel.render(FADE_FRAMES + 1);
	for (let frame = 0; frame <= FADE_FRAMES; frame++) {
		expect(rendered[2 * frame]).toBe(Math.fround(0.5 + (0.5 * frame) / FADE_FRAMES));
	}
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, 1e30])("%d dB is refused and changes nothing", (decibels) => {
	const kernel = gainHost();
	kernel.render(1);
	kernel.send({ type: "gain", decibels });
	expect(kernel.render(300)).toEqual(constant(600, 1));
});

test("each frame's gain is one f32 with the velocity folded in, and 0 where it falls below 2^-40", () => {
	const kernel = new KernelHost({ fadeFrames: 1000 });
	const velocity = 2 ** -32;
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2 * 1000, 1), 2) });
	kernel.send(play(0, velocity, true));
	kernel.render(1);
	kernel.send({ type: "gain", decibels: Number.NEGATIVE_INFINITY });
	const rendered = kernel.render(1000);
	for (let frame = 0; frame < 1000; frame++) {
		const gain = Math.fround(velocity * Math.fround(1 - frame / 1000));
		expect(rendered[2 * frame]).toBe(gain < 2 ** -40 ? 0 : gain);
	}
	expect(rendered.filter((value) => value === 0).length).toBeGreaterThan(0);
});
