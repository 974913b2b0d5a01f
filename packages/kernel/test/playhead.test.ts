import { describe, expect, test } from "vitest";
import {
	PAD_CENTS,
	PAD_LENGTH_BEATS,
	PAD_LOOP,
	PAD_LOOP_END,
	PAD_LOOP_START,
	PAD_REVERSE,
	PAD_SEAM_FADE,
	PAD_SEMITONES,
	PAD_SPEED,
	PAD_SYNC,
	SYNC_REPITCH,
	TRANSPORT_TEMPO,
} from "../../engine/src/protocol/parameters.ts";
import { KernelHost } from "./kernel-host.ts";
import { bitsOf, noise } from "./signals.ts";

const SAMPLE_RATE = 48_000;

type Settings = Readonly<Record<number, number>>;

function set(kernel: KernelHost, settings: Settings): void {
	for (const [parameter, value] of Object.entries(settings)) {
		kernel.send({ type: "set", slot: 0, parameter: Number(parameter), value });
	}
}

/** A kernel with a sample in slot 0, and its pad pressed. */
function pressed(samples: Float32Array, channels: 1 | 2, settings: Settings, ratio = 1): KernelHost {
	const kernel = new KernelHost();
	kernel.send({ type: "load", slot: 0, sample: kernel.place(samples, channels), ratio });
	set(kernel, settings);
	kernel.send({ type: "press", slot: 0, velocity: 1 });
	return kernel;
}

/** The left channel of the next frames. */
function left(kernel: KernelHost, frames: number, blockFrames = 128): Float32Array {
	return kernel.render(frames, blockFrames).filter((_, index) => index % 2 === 0);
}

function sine(frames: number, cyclesPerFrame: number, phase = 0): Float32Array {
	return Float32Array.from({ length: frames }, (_, frame) => Math.sin(2 * Math.PI * (cyclesPerFrame * frame + phase)));
}

/** The highest difference to a closed form, in decibels below full scale. */
function errorDecibels(rendered: Float32Array, expected: (frame: number) => number, from: number, to: number): number {
	let highest = 0;
	for (let frame = from; frame < to; frame++) {
		highest = Math.max(highest, Math.abs((rendered[frame] ?? 0) - expected(frame)));
	}
	return 20 * Math.log10(highest);
}

describe("between frames", () => {
	test.each([0.25, 0.5, 0.97, 1.03, 1.1])(
		"at rate %f tones up to 15 kHz are within -110 dB of the closed form",
		(rate) => {
			for (const hertz of [50, 1000, 9000, 15_000]) {
				const kernel = pressed(sine(48_000, hertz / SAMPLE_RATE), 1, { [PAD_SPEED]: rate });
				const frames = Math.floor(40_000 / rate / 4);
				const heard = left(kernel, frames);
				const exact = (frame: number): number => Math.sin((2 * Math.PI * hertz * frame * rate) / SAMPLE_RATE);
				// The tone begins in silence, which the first taps see.
				expect(errorDecibels(heard, exact, Math.ceil(32 / rate), frames)).toBeLessThan(-110);
			}
		},
	);

	test.each([1.2, 1.5, 2, 3, 4])(
		"at rate %f no tone that the rate moves beyond the band folds below 15 kHz",
		(rate) => {
			for (const hertz of [23_500, (33_500 / rate) % 24_000]) {
				const moved = hertz * rate;
				if (moved < 33_000) continue;
				const kernel = pressed(sine(48_000, hertz / SAMPLE_RATE), 1, { [PAD_SPEED]: rate });
				const frames = Math.floor(47_000 / rate);
				const heard = left(kernel, frames).subarray(100);
				const highest = heard.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
				expect(20 * Math.log10(highest)).toBeLessThan(-83);
			}
		},
	);

	test("stereo keeps its sides apart, and a mono sample is heard on both", () => {
		const two = Float32Array.from({ length: 4000 }, (_, index) => Math.sin(index % 2 === 0 ? index / 50 : index / 21));
		const stereo = pressed(two, 2, { [PAD_SPEED]: 0.7 }).render(2000);
		const lefts = pressed(
			two.filter((_, index) => index % 2 === 0),
			1,
			{ [PAD_SPEED]: 0.7 },
		).render(2000);
		const rights = pressed(
			two.filter((_, index) => index % 2 === 1),
			1,
			{ [PAD_SPEED]: 0.7 },
		).render(2000);
		for (let frame = 0; frame < 2000; frame++) {
			expect(stereo[2 * frame]).toBeCloseTo(lefts[2 * frame]!, 6);
			expect(stereo[2 * frame + 1]).toBeCloseTo(rights[2 * frame]!, 6);
			expect(lefts[2 * frame + 1]).toBe(lefts[2 * frame]);
		}
	});

	test("semitones and cents are a rate: an octave up reads every second frame's place", () => {
		const tone = sine(20_000, 0.01);
		const octave = left(pressed(tone, 1, { [PAD_SEMITONES]: 11, [PAD_CENTS]: 100 }), 5000);
		expect(bitsOf(octave)).toEqual(bitsOf(left(pressed(tone, 1, { [PAD_SPEED]: 2 }), 5000)));
	});

	test("a glide over every table moves no further than the tone does", () => {
		const tone = sine(400_000, 100 / SAMPLE_RATE);
		const kernel = pressed(tone, 1, { [PAD_SPEED]: 0.9 });
		let last = 0;
		let widest = 0;
		for (let step = 0; step < 800; step++) {
			set(kernel, { [PAD_SPEED]: 0.9 + (3.1 * step) / 800 });
			for (const value of left(kernel, 37, 37)) {
				widest = Math.max(widest, Math.abs(value - last));
				last = value;
			}
		}
		expect(widest).toBeLessThan((2 * Math.PI * 100 * 4) / SAMPLE_RATE);
	});
});

describe("at rate 1", () => {
	test("a whole place gives the sample's own bits, forwards and backwards", () => {
		const samples = noise(2 * 3000, 3);
		expect(bitsOf(pressed(samples, 2, {}).render(3000))).toEqual(bitsOf(samples));
		const backwards = pressed(samples, 2, { [PAD_REVERSE]: 1 }).render(3000);
		for (let frame = 0; frame < 3000; frame++) {
			expect(backwards[2 * frame]).toBe(samples[2 * (2999 - frame)]);
			expect(backwards[2 * frame + 1]).toBe(samples[2 * (2999 - frame) + 1]);
		}
	});

	test("a region of whole frames goes round on its own bits", () => {
		const samples = noise(2 * 3000, 5);
		const heard = pressed(samples, 2, { [PAD_LOOP]: 1, [PAD_LOOP_START]: 500, [PAD_LOOP_END]: 1234 }).render(734 * 3);
		const region = [...samples.subarray(1000, 2468)];
		expect([...heard]).toEqual([...region, ...region, ...region]);
	});

	test("a one-shot fades out towards the end of its region, and nothing behind it is heard", () => {
		const samples = new Float32Array(4000).fill(1).fill(0.5, 1100);
		for (const block of [1, 100, 128, 1500]) {
			const kernel = pressed(samples, 1, { [PAD_LOOP_START]: 100, [PAD_LOOP_END]: 1100 });
			const heard = left(kernel, 1500, block);
			expect(heard.subarray(0, 761).every((value) => value === 1)).toBe(true);
			expect(heard[880]).toBeCloseTo(0.5, 5);
			expect(heard[999]).toBeCloseTo(1 / 240, 5);
			expect(heard.subarray(1000).every((value) => value === 0)).toBe(true);
		}
	});

	test("a region shorter than two releases fades out over its second half", () => {
		const kernel = pressed(new Float32Array(4000).fill(1), 1, { [PAD_LOOP_START]: 100, [PAD_LOOP_END]: 200 });
		const heard = left(kernel, 300);
		expect(heard.subarray(0, 51).every((value) => value === 1)).toBe(true);
		expect(heard[75]).toBeCloseTo(0.5, 5);
		expect(heard.subarray(100).every((value) => value === 0)).toBe(true);
	});
});

describe("a loop", () => {
	const cycles = 37;

	test.each([
		[1, 1000.5],
		[0.73, 1000],
		[1.09, 777.77],
	])("at rate %f of a region of %f frames is heard through its seam", (rate, length) => {
		// Periodic in the region, so that the loop is a tone without end.
		const tone = sine(6000, cycles / length);
		const region = { [PAD_LOOP_START]: 1500.25, [PAD_LOOP_END]: 1500.25 + length };
		const kernel = pressed(tone, 1, { [PAD_LOOP]: 1, [PAD_SPEED]: rate, ...region });
		const exact = (frame: number): number => Math.sin((2 * Math.PI * cycles * (1500.25 + frame * rate)) / length);
		expect(errorDecibels(left(kernel, 10_000), exact, 0, 10_000)).toBeLessThan(-105);
	});

	test("of less than 64 frames goes round in whole frames", () => {
		const samples = noise(100, 8);
		const heard = left(pressed(samples, 1, { [PAD_LOOP]: 1, [PAD_LOOP_START]: 10, [PAD_LOOP_END]: 15.4 }), 20);
		const round = [...samples.subarray(10, 15)];
		expect([...heard]).toEqual([...round, ...round, ...round, ...round]);
	});

	test("backwards is heard through its seam, too", () => {
		const tone = sine(6000, cycles / 1000);
		const region = { [PAD_LOOP_START]: 1500, [PAD_LOOP_END]: 2500 };
		const kernel = pressed(tone, 1, { [PAD_LOOP]: 1, [PAD_SPEED]: 0.9, [PAD_REVERSE]: 1, ...region });
		const exact = (frame: number): number => Math.sin((2 * Math.PI * cycles * (2499 - frame * 0.9)) / 1000);
		expect(errorDecibels(left(kernel, 8000), exact, 0, 8000)).toBeLessThan(-105);
	});

	test("with a seam cross-fade ends where what lies before its start ends", () => {
		const ramp = Float32Array.from({ length: 4000 }, (_, frame) => frame / 4000);
		const settings = { [PAD_LOOP]: 1, [PAD_LOOP_START]: 1000, [PAD_LOOP_END]: 3000, [PAD_SEAM_FADE]: 0.01 };
		const heard = left(pressed(ramp, 1, settings), 6000);
		const widest = heard.reduce((most, value, frame) => {
			return frame === 0 ? 0 : Math.max(most, Math.abs(value - heard[frame - 1]!));
		}, 0);
		// 2,000 of 4,000 levels in 480 frames, and the ramp itself.
		expect(widest).toBeLessThan(0.5 / 480 + 2 / 4000);
		expect(heard[1000]).toBe(0.5);
		expect(heard[2000]).toBe(0.25);
	});

	test("whose points are frames of a file of another rate lies there", () => {
		const samples = noise(4000, 2);
		const settings = { [PAD_LOOP]: 1, [PAD_LOOP_START]: 250, [PAD_LOOP_END]: 500 };
		const heard = left(pressed(samples, 1, settings, 2), 1000);
		expect([...heard.subarray(0, 500)]).toEqual([...samples.subarray(500, 1000)]);
		expect([...heard.subarray(500)]).toEqual([...samples.subarray(500, 1000)]);
	});

	test("rule 5: whose region is edited while it plays goes on at its place when that lies inside", () => {
		const samples = noise(4000, 2);
		const kernel = pressed(samples, 1, { [PAD_LOOP]: 1, [PAD_LOOP_START]: 1000, [PAD_LOOP_END]: 3000 });
		left(kernel, 700);
		set(kernel, { [PAD_LOOP_START]: 1500, [PAD_LOOP_END]: 2000 });
		expect([...left(kernel, 600)]).toEqual([...samples.subarray(1700, 2000), ...samples.subarray(1500, 1800)]);
	});

	test("rule 5: whose region is moved away fades over to the new one's start", () => {
		const kernel = pressed(new Float32Array(8000).fill(0.5), 1, { [PAD_LOOP]: 1, [PAD_LOOP_END]: 3000 });
		left(kernel, 700);
		set(kernel, { [PAD_LOOP_END]: 6000, [PAD_LOOP_START]: 5000 });
		for (const value of left(kernel, 600)) expect(value).toBeCloseTo(0.5, 6);
		expect(kernel.playhead(0)).toBe(5600);
	});
});

describe("a loop that follows the tempo", () => {
	const beats = 8;
	const settings = { [PAD_LOOP]: 1, [PAD_SYNC]: SYNC_REPITCH, [PAD_LENGTH_BEATS]: beats };
	const tempo = (kernel: KernelHost, value: number): void =>
		kernel.send({ type: "set", slot: 0, parameter: TRANSPORT_TEMPO, value });

	test("plays its own bits at its own tempo", () => {
		const samples = noise(96_000, 4);
		// Eight beats in two seconds.
		const kernel = new KernelHost();
		kernel.send({ type: "load", slot: 0, sample: kernel.place(samples, 1) });
		tempo(kernel, 240);
		set(kernel, settings);
		kernel.send({ type: "press", slot: 0, velocity: 1 });
		expect(bitsOf(left(kernel, 96_000))).toEqual(bitsOf(samples));
	});

	test("rule 5: keeps its musical phase when its region is edited", () => {
		const kernel = pressed(noise(96_000, 4), 1, settings);
		left(kernel, 30_000);
		const share = 30_000 / (96_000 * 2);
		set(kernel, { [PAD_LOOP_START]: 12_000, [PAD_LOOP_END]: 36_000 });
		kernel.renderBlock(0);
		expect(kernel.playhead(0)).toBeCloseTo(12_000 + share * 24_000, 6);
	});

	test.each([
		[20, 0.25],
		[60, 0.5],
		[400, 4],
	])("rule 6: at %i BPM it has its rate, held within 0.25 to 4", (bpm, rate) => {
		const length = bpm === 400 ? 192_000 : 48_000;
		const kernel = pressed(noise(length, 4), 1, { ...settings, [PAD_LENGTH_BEATS]: 2 });
		tempo(kernel, bpm);
		left(kernel, 4000);
		expect(kernel.playhead(0)).toBeCloseTo(rate * 4000, 6);
	});

	test.each([
		["a one-shot", { [PAD_SYNC]: SYNC_REPITCH, [PAD_LENGTH_BEATS]: beats }],
		["a loop without a sync", { [PAD_LOOP]: 1, [PAD_LENGTH_BEATS]: beats }],
	])("rule 6: a tempo change leaves %s alone, to the bit", (_, others) => {
		const samples = noise(20_000, 4);
		const kernel = pressed(samples, 1, others);
		left(kernel, 1000);
		tempo(kernel, 77);
		expect(bitsOf(left(kernel, 9000))).toEqual(bitsOf(samples.subarray(1000, 10_000)));
	});

	test("rule 7: a swap keeps the phase of a loop and cross-fades over the release; one-shots finish on the old sample", () => {
		const [old, other] = [0.25, 0.75];
		for (const isLoop of [1, 0]) {
			const kernel = pressed(new Float32Array(9600).fill(old), 1, { [PAD_LOOP]: isLoop });
			left(kernel, 2400);
			kernel.send({ type: "load", slot: 0, sample: kernel.place(new Float32Array(19_200).fill(other), 1) });
			const heard = left(kernel, 240);
			for (const [frame, value] of heard.entries()) {
				expect(value).toBeCloseTo(old + (isLoop * (other - old) * frame) / 240, 5);
			}
			if (isLoop) expect(kernel.playhead(0)).toBeCloseTo(4800 + 240, 6);
		}
	});

	test("rule 12: is on its frame after 1,000 rounds and 50 changes of tempo", () => {
		const length = 44_123;
		const kernel = pressed(noise(length, 4), 1, { ...settings, [PAD_LENGTH_BEATS]: 3 });
		let beat = 0;
		let frame = 0;
		for (let change = 0; change < 50; change++) {
			const bpm = 60 + ((change * 37) % 140);
			tempo(kernel, bpm);
			const frames = Math.round((20 * 3 * 60 * SAMPLE_RATE) / bpm) + change * 7;
			for (let done = 0; done < frames; done += 2048) kernel.renderBlock(Math.min(2048, frames - done));
			frame += frames;
			beat += (frames * bpm) / (60 * SAMPLE_RATE);
			const exact = ((beat / 3) * length) % length;
			const distance = Math.abs(kernel.playhead(0) - exact);
			expect(Math.min(distance, length - distance)).toBeLessThan(1e-3);
		}
		expect(frame).toBeGreaterThan(1000 * 40_000);
	});

	test("rule 5: keeps its beat when its length in beats is doubled or halved", () => {
		const kernel = pressed(noise(96_000, 4), 1, settings);
		left(kernel, 60_000);
		const beat = (60_000 * 120) / (60 * SAMPLE_RATE);
		for (const length of [4, 8, 16, 12]) {
			set(kernel, { [PAD_LENGTH_BEATS]: length });
			kernel.renderBlock(0);
			expect(kernel.playhead(0)).toBeCloseTo(((beat % length) / length) * 96_000, 6);
		}
	});
});

test("nothing depends on the block length", () => {
	const samples = noise(2 * 5000, 12);
	const render = (blockFrames: number): string => {
		const kernel = new KernelHost();
		kernel.send({ type: "load", slot: 0, sample: kernel.place(samples, 2) });
		set(kernel, { [PAD_LOOP]: 1, [PAD_LOOP_START]: 701.3, [PAD_LOOP_END]: 3110.9, [PAD_SEAM_FADE]: 0.004 });
		const events: readonly (readonly [number, Settings])[] = [
			[1000, { [PAD_SPEED]: 1.37 }],
			[4001, { [PAD_REVERSE]: 1 }],
			[5333, { [PAD_SPEED]: 0.51, [PAD_SEMITONES]: 3 }],
			[9000, { [PAD_LOOP_END]: 900 }],
			[9999, { [PAD_SYNC]: SYNC_REPITCH, [PAD_LENGTH_BEATS]: 1 }],
			[13_001, { [PAD_LENGTH_BEATS]: 0.5, [PAD_LOOP_START]: 3 }],
			[14_005, { [PAD_LOOP_END]: 4990.25, [PAD_REVERSE]: 0 }],
		];
		kernel.send({ type: "press", slot: 0, velocity: 0.8, atFrame: 100 });
		for (const [atFrame, settings] of events) {
			for (const [parameter, value] of Object.entries(settings)) {
				kernel.send({ type: "set", slot: 0, parameter: Number(parameter), value, atFrame });
			}
		}
		kernel.send({ type: "stopPad", slot: 0, atFrame: 19_001 });
		return bitsOf(kernel.render(20_000, blockFrames)).join(" ");
	};
	const reference = render(128);
	for (const blockFrames of [1, 7, 441, 2048]) expect(render(blockFrames) === reference).toBe(true);
});
