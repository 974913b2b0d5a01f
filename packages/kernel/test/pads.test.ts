import { expect, test } from "vitest";
import { PAD_CHANGED } from "../../engine/src/protocol/kernel-events.ts";
import {
	LAUNCH_GATE,
	LAUNCH_TOGGLE,
	LAUNCH_TRIGGER,
	PAD_LAUNCH_MODE,
	PAD_LOOP,
} from "../../engine/src/protocol/parameters.ts";
import * as layout from "../../engine/src/protocol/shared-memory.ts";
import { type Command, KernelHost, type KernelOptions, play } from "./kernel-host.ts";
import { ReferenceMixer } from "./reference-mixer.ts";
import { bitsOf, constant, noise, Random } from "./signals.ts";

const RELEASE_FRAMES = 64;

/** A kernel whose pad 0 holds 1,000 frames of 1, and has a launch mode. */
function padHost(mode: number, isLooping: boolean, options: KernelOptions = {}): KernelHost {
	const kernel = new KernelHost({ fadeFrames: RELEASE_FRAMES, ...options });
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2 * 1000, 1), 2) });
	kernel.send({ type: "set", slot: 0, parameter: PAD_LAUNCH_MODE, value: mode });
	kernel.send({ type: "set", slot: 0, parameter: PAD_LOOP, value: isLooping ? 1 : 0 });
	return kernel;
}

function press(velocity = 1): Command {
	return { type: "press", slot: 0, velocity };
}

/** Renders frames. @returns the last of them, left */
function levelAfter(kernel: KernelHost, frames: number): number {
	return kernel.render(frames).at(-1)!;
}

function isPlaying(kernel: KernelHost): boolean {
	return kernel.padStatus(0, layout.PAD_STATE) === layout.PAD_PLAYING;
}

test("a trigger starts with each press, and letting go changes nothing", () => {
	const kernel = padHost(LAUNCH_TRIGGER, false);
	kernel.send(press());
	expect(levelAfter(kernel, 128)).toBe(1);
	kernel.send({ type: "release", slot: 0 });
	kernel.send(press(0.5));
	expect(levelAfter(kernel, 128)).toBe(1.5);
	expect([kernel.padStatus(0, layout.PAD_VOICES), isPlaying(kernel)]).toEqual([2, true]);
	kernel.render(1000);
	expect([kernel.padStatus(0, layout.PAD_VOICES), isPlaying(kernel)]).toEqual([0, false]);
});

test("a pressed loop goes on, and another press starts it again in its place", () => {
	const kernel = padHost(LAUNCH_TRIGGER, true);
	kernel.send(press());
	expect(levelAfter(kernel, 5000)).toBe(1);
	kernel.send(press(0.5));
	kernel.render(RELEASE_FRAMES);
	expect(levelAfter(kernel, 128)).toBe(0.5);
	expect([kernel.padStatus(0, layout.PAD_VOICES), kernel.playhead(0)]).toEqual([1, RELEASE_FRAMES + 128]);
});

test.each([false, true])("a gate sounds while it is held, looping: %s", (isLooping) => {
	const kernel = padHost(LAUNCH_GATE, isLooping);
	kernel.send(press());
	expect(levelAfter(kernel, 500)).toBe(1);
	kernel.send({ type: "release", slot: 0 });
	expect(levelAfter(kernel, RELEASE_FRAMES)).toBeCloseTo(1 / RELEASE_FRAMES, 6);
	expect(levelAfter(kernel, 1)).toBe(0);
	expect(isPlaying(kernel)).toBe(false);
});

test("a gate that is let go in the frame of its press sounds while it is released", () => {
	const kernel = padHost(LAUNCH_GATE, true);
	kernel.send(press());
	kernel.send({ type: "release", slot: 0 });
	expect(kernel.render(1)[0]).toBe(1);
	expect(levelAfter(kernel, RELEASE_FRAMES - 1)).toBeCloseTo(1 / RELEASE_FRAMES, 6);
	expect(levelAfter(kernel, 1)).toBe(0);
	expect(isPlaying(kernel)).toBe(false);
});

test("a toggle starts with one press and stops with the next", () => {
	const kernel = padHost(LAUNCH_TOGGLE, true);
	for (let round = 0; round < 3; round++) {
		kernel.send(press());
		expect(levelAfter(kernel, 3000)).toBe(1);
		expect(isPlaying(kernel)).toBe(true);
		kernel.send(press());
		expect(levelAfter(kernel, RELEASE_FRAMES + 1)).toBe(0);
		expect(isPlaying(kernel)).toBe(false);
	}
});

test("two presses of a toggle in the same frame leave silence", () => {
	const kernel = padHost(LAUNCH_TOGGLE, true);
	kernel.send(press());
	kernel.send(press());
	expect(kernel.render(500)).toEqual(constant(1000, 0));
});

test("a toggle whose sample has ended starts with the next press", () => {
	const kernel = padHost(LAUNCH_TOGGLE, false);
	kernel.send(press());
	kernel.render(1000);
	kernel.send(press());
	expect(levelAfter(kernel, 10)).toBe(1);
});

test("stopping a pad ends what presses have started, and nothing else", () => {
	const kernel = padHost(LAUNCH_TRIGGER, true);
	kernel.send(press());
	kernel.send(play(0, 0.25, true));
	kernel.render(100);
	kernel.send({ type: "stopPad", slot: 0 });
	kernel.render(RELEASE_FRAMES);
	expect(levelAfter(kernel, 1)).toBe(0.25);
	expect([kernel.padStatus(0, layout.PAD_VOICES), isPlaying(kernel)]).toEqual([1, false]);
});

test.each<Command>([{ type: "stop", slot: 0 }, { type: "stopAll" }, { type: "unload", slot: 0 }])(
	"$type stops a pressed loop, too",
	(command) => {
		const kernel = padHost(LAUNCH_TOGGLE, true);
		kernel.send(press());
		kernel.render(100);
		kernel.send(command);
		expect(levelAfter(kernel, RELEASE_FRAMES + 1)).toBe(0);
		expect(isPlaying(kernel)).toBe(false);
	},
);

test("a running loop has a place of its own: no number of one-shots steals it", () => {
	const kernel = padHost(LAUNCH_TOGGLE, true, { voices: 2 });
	kernel.send({ type: "load", slot: 1, sample: kernel.place(constant(2 * 100, 0), 2) });
	kernel.send(press());
	kernel.render(1);
	for (let count = 0; count < 50; count++) kernel.send(play(1));
	expect(levelAfter(kernel, 500)).toBe(1);
	expect(kernel.status(layout.STATUS_DROPPED_VOICES)).toBe(48);
});

test("a press of an empty pad plays nothing, and its toggle starts with the first press after a load", () => {
	const kernel = new KernelHost();
	kernel.send({ type: "set", slot: 0, parameter: PAD_LAUNCH_MODE, value: LAUNCH_TOGGLE });
	kernel.send(press());
	kernel.render(100);
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(200, 1), 2) });
	kernel.send(press());
	expect(levelAfter(kernel, 50)).toBe(1);
});

test("a press with a frame acts as one that arrives then", () => {
	const kernel = padHost(LAUNCH_TOGGLE, true);
	for (const atFrame of [100, 300, 500]) kernel.send({ ...press(), atFrame });
	const left = [...kernel.render(700)].filter((_, index) => index % 2 === 0);
	expect(left.map((level) => level > 0)).toEqual(
		left.map((_, frame) => (frame >= 100 && frame < 300 + RELEASE_FRAMES) || frame >= 500),
	);
});

test.each([
	[PAD_LAUNCH_MODE, 4],
	[PAD_LAUNCH_MODE, 0.5],
	[PAD_LAUNCH_MODE, -1],
	[PAD_LOOP, 2],
	[PAD_LOOP, Number.NaN],
	[99, 0],
	[200, 0],
])("parameter %i refuses %d and keeps its value", (parameter, value) => {
	const kernel = padHost(LAUNCH_TOGGLE, true);
	kernel.send({ type: "set", slot: 0, parameter, value });
	kernel.send(press());
	expect(levelAfter(kernel, 3000)).toBe(1);
	expect(kernel.status(layout.STATUS_INVALID_COMMANDS)).toBe(1);
});

test("releases beyond their places end the quietest at once, and count it", () => {
	const kernel = new KernelHost({ voices: 1, slots: 1, fadeFrames: 1000 });
	const sample = kernel.place(noise(2 * 5000, 1), 2);
	kernel.send({ type: "load", slot: 0, sample });
	for (const velocity of [1, 0.25, 0.5, 0.75]) {
		kernel.send(play(0, velocity));
		kernel.render(1);
	}
	// Three were stolen; the two places keep the louder ones.
	expect(kernel.status(layout.STATUS_DROPPED_VOICES)).toBe(3);
	expect(kernel.status(layout.STATUS_CUT_RELEASES)).toBe(1);
	const expected = Float32Array.from({ length: 2 }, (_, channel) => {
		const frame = (index: number): number => sample.samples[2 * index + channel]!;
		const released = (velocity: number, index: number, done: number): number =>
			Math.fround(frame(index) * Math.fround(velocity * Math.fround((1000 - done) / 1000)));
		const sum = Math.fround(released(1, 4, 3) + released(0.5, 2, 1));
		return Math.fround(sum + Math.fround(frame(1) * 0.75));
	});
	expect(bitsOf(kernel.render(1))).toEqual(bitsOf(expected));
});

test("a pad's changes go into the event ring with the frame behind their block; what finds it full is counted", () => {
	const kernel = padHost(LAUNCH_TOGGLE, true);
	kernel.renderBlock(100);
	for (let change = 0; change < layout.EVENTS + 5; change++) {
		kernel.send(press());
		kernel.renderBlock(1);
	}
	expect(kernel.status(layout.STATUS_EVENTS_LOST)).toBe(5);
	const events = kernel.events();
	expect(events.length).toBe(layout.EVENTS);
	for (const [index, event] of events.entries()) {
		expect([...event.subarray(0, 5)]).toEqual([PAD_CHANGED, 0, 101 + index, 0, (index + 1) % 2]);
	}
	kernel.send(press());
	kernel.renderBlock(1);
	expect(kernel.events().length).toBe(1);
});

test("a stop reaches every voice of its pad when it cuts the release between two of them", () => {
	const kernel = padHost(LAUNCH_TRIGGER, false, { voices: 3, slots: 1, fadeFrames: 8192 });
	const release = (velocity: number): void => {
		kernel.send(press(velocity));
		kernel.renderBlock(1);
		kernel.send({ type: "stopPad", slot: 0 });
		kernel.renderBlock(1);
	};
	kernel.send(play(0, 1, true));
	kernel.renderBlock(1);
	release(0.001); // the quietest, behind the first voice
	kernel.send(play(0, 1, true));
	for (let count = 0; count < 3; count++) release(0.9);
	kernel.send({ type: "stop", slot: 0 });
	kernel.renderBlock(1);
	expect(kernel.status(layout.STATUS_CUT_RELEASES)).toBe(2);
	expect([kernel.padStatus(0, layout.PAD_VOICES), kernel.status(layout.STATUS_ACTIVE_VOICES)]).toEqual([0, 0]);
});

test("stops that cut other releases of their pad sound like the reference mixer, to the bit", () => {
	const random = new Random(7);
	const how = { voices: 6, slots: 2, fadeFrames: 8192 };
	const kernel = new KernelHost(how);
	const reference = new ReferenceMixer(how);
	const send = (command: Command): void => {
		kernel.send(command);
		reference.send(command);
	};
	for (const slot of [0, 1]) {
		send({ type: "load", slot, sample: kernel.place(noise(2 * 20_000, slot + 1), 2) });
		send({ type: "set", slot, parameter: PAD_LOOP, value: slot });
	}
	for (let moment = 0; moment < 300; moment++) {
		for (let count = random.next() * 8; count > 1; count--) {
			const slot = Math.floor(random.next() * 2);
			const velocity = random.next();
			send(random.next() < 0.5 ? play(slot, velocity) : { type: "press", slot, velocity });
		}
		const slot = Math.floor(random.next() * 2);
		const dice = random.next();
		if (dice < 0.3) send({ type: "stop", slot });
		else if (dice < 0.6) send({ type: "stopPad", slot });
		else if (dice < 0.65) send({ type: "stopAll" });
		const frames = 1 + Math.floor(random.next() * 20);
		expect(bitsOf(kernel.render(frames))).toEqual(bitsOf(reference.render(frames)));
	}
	expect(kernel.status(layout.STATUS_CUT_RELEASES)).toBeGreaterThan(100);
});
