import { expect, test } from "vitest";
import { FakeEngine } from "../instrument/fake-engine.ts";
import { emptyPad, type PadState } from "../instrument/pad-state.ts";
import { type Waveform, Waveforms } from "./waveforms.ts";

function filledPad(title: string): PadState {
	return { ...emptyPad, sample: { source: title, title, isDemo: false, color: null, durationSec: 1, warnings: [] } };
}

/** Waveforms of two filled pads and an empty one. */
class Harness {
	readonly engine = new FakeEngine();
	readonly states: PadState[] = [filledPad("Kick"), filledPad("Snare"), emptyPad];
	/** How long a piece of a step takes, in milliseconds. */
	pace = 0;
	#now = 0;
	readonly waveforms: Waveforms = new Waveforms(this.engine, this, () => {
		this.#now += this.pace;
		return this.#now;
	});

	/** Takes as many steps as there are; the engine answers in between. */
	async settle(): Promise<void> {
		for (let step = 0; step < 50; step++) {
			this.waveforms.step();
			for (let turn = 0; turn < 3; turn++) await Promise.resolve();
		}
	}

	/** The pad's waveform, once it is whole. */
	async whole(pad: number): Promise<Waveform | null> {
		this.waveforms.of(pad);
		await this.settle();
		return this.waveforms.of(pad);
	}
}

test("a waveform is read once, however often it is asked for", async () => {
	const harness = new Harness();
	expect(harness.waveforms.of(0)).toBeNull();
	const whole = await harness.whole(0);
	expect(whole?.peaks).toMatchObject({ frames: 48_000, isComplete: true });
	await harness.whole(0);
	expect(harness.engine.calls).toEqual(["export 0"]);
});

test("a long sample grows slice by slice, and each slice is told", async () => {
	const harness = new Harness();
	harness.engine.samples = new Float32Array(1_200_000);
	const grown: (number | undefined)[] = [];
	harness.waveforms.changes.add((pad) => grown.push(harness.waveforms.of(pad)?.peaks.readyFrames));
	await harness.whole(1);
	expect(grown).toEqual([524_288, 1_048_576, 1_200_000]);
});

test("a slice ends when its time is up", async () => {
	const harness = new Harness();
	harness.engine.samples = new Float32Array(100_000);
	const grown: (number | undefined)[] = [];
	harness.waveforms.changes.add((pad) => grown.push(harness.waveforms.of(pad)?.peaks.readyFrames));
	harness.pace = 1;
	await harness.whole(1);
	expect(grown).toEqual([65_536, 100_000]);
});

test("an empty pad has no waveform and a pad is read again when it has another sample", async () => {
	const harness = new Harness();
	expect(await harness.whole(2)).toBeNull();
	const first = await harness.whole(0);
	harness.states[0] = filledPad("Clap");
	expect(harness.waveforms.of(0)).toBeNull();
	expect((await harness.whole(0))?.peaks).not.toBe(first?.peaks);
	expect(harness.engine.calls).toEqual(["export 0", "export 0"]);
});

test("other settings keep the waveform", async () => {
	const harness = new Harness();
	const first = await harness.whole(0);
	harness.states[0] = { ...harness.states[0]!, settings: { ...emptyPad.settings, pan: 1 } };
	expect((await harness.whole(0))?.peaks).toBe(first?.peaks);
});

test("the samples are kept for one pad, which is read before the others", async () => {
	const harness = new Harness();
	harness.waveforms.keepSamples(1);
	harness.waveforms.of(0);
	expect((await harness.whole(1))?.file?.frames).toBe(48_000);
	expect(harness.engine.calls).toEqual(["export 1", "export 0"]);
	expect(harness.waveforms.of(0)?.file).toBeNull();
	harness.waveforms.keepSamples(0);
	expect((await harness.whole(0))?.file?.frames).toBe(48_000);
	expect(harness.waveforms.of(1)?.file).toBeNull();
});

test("a sample that cannot be exported is asked for once", async () => {
	const harness = new Harness();
	harness.engine.refusal = new Error("out of memory");
	expect(await harness.whole(0)).toBeNull();
	harness.engine.refusal = null;
	expect(await harness.whole(0)).toBeNull();
	expect(harness.engine.calls).toEqual([]);
	expect((await harness.whole(1))?.peaks.isComplete).toBe(true);
});

test("a sample that is replaced while it is read is read no further", async () => {
	const harness = new Harness();
	harness.waveforms.of(0);
	harness.waveforms.step();
	harness.states[0] = filledPad("Clap");
	await harness.settle();
	expect((await harness.whole(0))?.peaks.isComplete).toBe(true);
	expect(harness.engine.calls).toEqual(["export 0", "export 0"]);
});
