import { expect, test } from "vitest";
import { PAD_MUTE, PAD_PAN } from "../../engine/src/protocol/parameters.ts";
import { KernelHost, play } from "./kernel-host.ts";
import { bitsOf, constant, noise } from "./signals.ts";

/** A parameter moves for 10 ms at 48 kHz. */
const RAMP_FRAMES = 480;

/** A host that plays a long loop of the value 1, so that its output is the master gain. */
function gainHost(decibelsBeforeFirstBlock?: number): KernelHost {
	const kernel = new KernelHost();
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
	const kernel = new KernelHost();
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
	kernel.render(RAMP_FRAMES);
	expect(kernel.render(300)).toEqual(constant(600, 1));
});

test("a change moves linearly within 10 ms and then stands still", () => {
	const kernel = gainHost();
	kernel.render(100);
	kernel.send({ type: "gain", decibels: Number.NEGATIVE_INFINITY });
	const rendered = kernel.render(RAMP_FRAMES + 100);
	for (let frame = 0; frame < RAMP_FRAMES + 100; frame++) {
		expect(rendered[2 * frame]).toBe(Math.fround(Math.max(0, 1 - frame / RAMP_FRAMES)));
	}
});

test("a change during a change starts from where the gain is", () => {
	const kernel = gainHost();
	kernel.render(100);
	kernel.send({ type: "gain", decibels: Number.NEGATIVE_INFINITY });
	kernel.render(RAMP_FRAMES / 2);
	kernel.send({ type: "gain", decibels: 0 });
	const rendered = kernel.render(RAMP_FRAMES + 1);
	for (let frame = 0; frame <= RAMP_FRAMES; frame++) {
		expect(rendered[2 * frame]).toBe(Math.fround(0.5 + (0.5 * frame) / RAMP_FRAMES));
	}
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, 1e30])("%d dB is refused and changes nothing", (decibels) => {
	const kernel = gainHost();
	kernel.render(1);
	kernel.send({ type: "gain", decibels });
	expect(kernel.render(300)).toEqual(constant(600, 1));
});

test("a moving gain below 2^-40 is 0, and what is below 2^-63 is not multiplied", () => {
	const kernel = new KernelHost();
	kernel.send({ type: "load", slot: 0, sample: kernel.place(Float32Array.of(2 ** -62, 2 ** -63), 2) });
	kernel.send(play(0, 0.75, true));
	kernel.render(1);
	kernel.send({ type: "gain", decibels: Number.NEGATIVE_INFINITY });
	const rendered = kernel.render(RAMP_FRAMES);
	for (let frame = 0; frame < RAMP_FRAMES; frame++) {
		const gain = Math.fround(1 - frame / RAMP_FRAMES);
		expect(rendered[2 * frame]).toBe(Math.fround(0.75 * 2 ** -62 * (gain < 2 ** -40 ? 0 : gain)));
		expect(rendered[2 * frame + 1]).toBe(0);
	}
});

test.each(["pad", "master"])("a gain of the %s multiplies the sum of its voices once", (owner) => {
	const kernel = new KernelHost();
	const samples = [noise(2 * 500, 1), noise(2 * 500, 2)];
	for (const [index, pcm] of samples.entries()) {
		kernel.send({ type: "load", slot: 3, sample: kernel.place(pcm, 2) });
		kernel.send(play(3, 1 - index / 4));
	}
	kernel.send({ type: "gain", decibels: -3, ...(owner === "pad" && { slot: 3 }) });
	const gain = Math.fround(10 ** (-3 / 20));
	const expected = samples[0]!.map((value, index) => {
		const sum = Math.fround(value + Math.fround(samples[1]![index]! * Math.fround(0.75)));
		return Math.fround(sum * gain);
	});
	expect(bitsOf(kernel.render(500))).toEqual(bitsOf(expected));
});

test("a pad's gain moves while it sounds, and is there at once when only others sound", () => {
	const kernel = new KernelHost();
	for (const slot of [0, 1]) {
		kernel.send({ type: "load", slot, sample: kernel.place(constant(2 * 1000, slot === 0 ? 1 : 0), 2) });
	}
	kernel.send(play(1, 1, true));
	kernel.render(100);
	kernel.send({ type: "gain", slot: 0, decibels: -6 });
	kernel.send(play(0, 1, true));
	const gain = Math.fround(10 ** (-6 / 20));
	expect(kernel.render(100)).toEqual(constant(200, gain));
	kernel.send({ type: "gain", slot: 0, decibels: 0 });
	const rendered = kernel.render(RAMP_FRAMES + 1);
	for (let frame = 0; frame <= RAMP_FRAMES; frame++) {
		expect(rendered[2 * frame]).toBe(Math.fround(gain + (1 - gain) * (frame / RAMP_FRAMES)));
	}
});

test.each([
	[-1, 1, 0],
	[-0.25, 1, 0.75],
	[0, 1, 1],
	[0.5, 0.5, 1],
	[1, 0, 1],
])("pan %d leaves %d of the left and %d of the right", (value, left, right) => {
	const kernel = new KernelHost();
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2 * 1000, 1), 2) });
	kernel.send({ type: "set", slot: 0, parameter: PAD_PAN, value });
	kernel.send(play(0));
	expect([...kernel.render(1)]).toEqual([left, right]);
});

test.each([1 - 2 ** -53, 2 ** -53 - 1])(
	"a pan of %d leaves one side exactly silent: no gain is below 2^-40",
	(value) => {
		const kernel = new KernelHost();
		kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2 * 1000, 0.5), 2) });
		kernel.send({ type: "set", slot: 0, parameter: PAD_PAN, value });
		kernel.send(play(0));
		const [left, right] = kernel.render(1);
		expect(value > 0 ? left : right).toBe(0);
		expect(value > 0 ? right : left).toBe(0.5);
	},
);

test("a pad that is muted falls silent within 10 ms, and its voice runs on", () => {
	const kernel = new KernelHost();
	const sample = kernel.place(noise(2 * 4000, 1), 2);
	kernel.send({ type: "load", slot: 0, sample });
	kernel.send(play(0));
	kernel.render(100);
	kernel.send({ type: "set", slot: 0, parameter: PAD_MUTE, value: 1 });
	kernel.render(RAMP_FRAMES);
	expect(kernel.render(400)).toEqual(constant(800, 0));
	kernel.send({ type: "set", slot: 0, parameter: PAD_MUTE, value: 0 });
	kernel.render(RAMP_FRAMES);
	const heard = 100 + RAMP_FRAMES + 400 + RAMP_FRAMES;
	expect(bitsOf(kernel.render(100))).toEqual(bitsOf(sample.samples.subarray(2 * heard, 2 * (heard + 100))));
});
