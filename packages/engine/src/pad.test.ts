import { expect, test } from "vitest";
import { createMaster } from "./master.ts";
import { createPad, type PadTools } from "./pad.ts";
import type { CommandOutlet } from "./playback/command-outlet.ts";
import type { PublishedSample } from "./playback/sample-publisher.ts";
import * as command from "./protocol/commands.ts";
import { PAD_GAIN, PAD_LAUNCH_MODE, PAD_LOOP } from "./protocol/parameters.ts";
import { NO_METADATA } from "./protocol/sample-metadata.ts";
import { CommandWriter } from "./rings/command-writer.ts";
import { PadSlices } from "./slices/pad-slices.ts";

const noFrames = () => Promise.reject(new Error("These pads hold nothing."));

/** What a pad needs beside its outlet. @param frames - of the source file that it holds */
function padTools(frames: () => number = () => 1_000): Omit<PadTools, "outlet"> {
	const published = () => publishedSample(frames());
	const slices = new PadSlices({ outlet: new Outlet(), published, slicer: noFrames });
	return { exportPad: noFrames, readFrames: noFrames, analyze: noFrames, slices, chopPad: () => [], published };
}

function publishedSample(frames: number): PublishedSample {
	const shape = { frames, channels: 1 } as const;
	const source = { ...shape, name: "a.wav", format: "WAV", sampleRate: 48_000, metadata: NO_METADATA };
	return {
		command: { ...shape, handle: 1, address: 0 },
		info: { ...shape, durationSec: frames / 48_000, peak: 1, warnings: [], source },
		waveform: { framesPerPeak: 128, lows: Float32Array.of(0), highs: Float32Array.of(1) },
	};
}

/** Takes every command down; a number of them can be refused. */
class Outlet implements CommandOutlet {
	readonly sent: Int32Array[] = [];
	room = Number.POSITIVE_INFINITY;
	isRunning = true;
	readonly writer: CommandWriter = new CommandWriter((words) => this.sent.push(words.slice()) > 0);

	send(count: number, _atFrame: number, write: (writer: CommandWriter) => boolean): boolean {
		if (!this.isRunning) return false;
		if (count > this.room) throw new Error("full");
		return write(this.writer);
	}

	/** What was sent: type, slot, and a parameter's number and value. */
	get settings(): (readonly number[])[] {
		return this.sent.map((words) => {
			const [type = 0, slot = 0] = words;
			const value = new DataView(words.buffer).getFloat64(command.PARAMETER_VALUE, true);
			return [type & ~command.AT_FRAME, slot, words[command.PARAMETER_NUMBER / 4] ?? 0, value];
		});
	}
}

test("each parameter is sent as the kernel's number and read back as it was set", () => {
	const outlet = new Outlet();
	const { pad } = createPad(3, { outlet, ...padTools() });
	expect([pad.gainDecibels, pad.loop, pad.launchMode]).toEqual([0, false, "trigger"]);
	pad.gainDecibels = -6;
	pad.loop = true;
	pad.launchMode = "toggle";
	expect([pad.gainDecibels, pad.loop, pad.launchMode]).toEqual([-6, true, "toggle"]);
	expect(outlet.settings).toEqual([
		[command.SET_PARAMETER, 3, PAD_GAIN, -6],
		[command.SET_PARAMETER, 3, PAD_LOOP, 1],
		[command.SET_PARAMETER, 3, PAD_LAUNCH_MODE, 2],
	]);
});

test.each([
	["gainDecibels", 24.1, "The value of gainDecibels must be a number of decibels from -Infinity to 24, not 24.1."],
	["gainDecibels", Number.NaN, "The value of gainDecibels must be a number of decibels from -Infinity to 24, not NaN."],
	["gainDecibels", "loud", 'The value of gainDecibels must be a number of decibels from -Infinity to 24, not "loud".'],
	["loop", 1, "The value of loop must be one of false, true, not 1."],
	["launchMode", "hold", 'The value of launchMode must be one of "trigger", "gate", "toggle", "repeat", not "hold".'],
])("%s = %s is refused by its range and changes nothing", (name, value, message) => {
	const outlet = new Outlet();
	const { pad } = createPad(0, { outlet, ...padTools() });
	expect(() => pad.set({ loop: true, [name]: value })).toThrow(new RangeError(message));
	expect(() => Reflect.set(pad, name, value)).toThrow(RangeError);
	expect([outlet.sent.length, pad.loop]).toEqual([0, false]);
});

test("a name that is no parameter is refused, those of every object too", () => {
	const { pad } = createPad(0, {
		outlet: new Outlet(),
		...padTools(),
	});
	for (const name of ["wow", "toString", "__proto__x"]) {
		expect(() => pad.set({ [name]: 1 })).toThrow(/^There is no parameter .* Use one of gainDecibels, loop, launchMode/);
	}
});

test("several parameters find room together or change nothing", () => {
	const outlet = new Outlet();
	const { pad } = createPad(1, { outlet, ...padTools() });
	outlet.room = 1;
	expect(() => pad.set({ gainDecibels: -3, loop: true })).toThrow("full");
	expect([outlet.sent.length, pad.gainDecibels, pad.loop]).toEqual([0, 0, false]);
	outlet.room = 2;
	pad.set({ gainDecibels: -3, loop: true }, { atFrame: 2 ** 33 });
	expect(outlet.sent.map(([type, , low, high]) => [type, low, high])).toEqual(
		Array.from({ length: 2 }, () => [command.SET_PARAMETER | command.AT_FRAME, 0, 2]),
	);
});

test("before the audio thread exists parameters are kept and restored, and presses are refused", () => {
	const outlet = new Outlet();
	outlet.isRunning = false;
	const { pad, parameters } = createPad(7, {
		outlet,
		...padTools(),
	});
	const { master, parameters: masterParameters } = createMaster(outlet);
	pad.gainDecibels = Number.NEGATIVE_INFINITY;
	master.gainDecibels = -12;
	for (const act of [() => pad.press(1), () => pad.release(), () => pad.stop()]) {
		expect(act).toThrow(expect.objectContaining({ code: "not-running" }));
	}
	outlet.isRunning = true;
	parameters.restore(outlet.writer);
	masterParameters.restore(outlet.writer);
	expect(outlet.settings).toEqual([
		[command.SET_PARAMETER, 7, PAD_GAIN, Number.NEGATIVE_INFINITY],
		[command.SET_PARAMETER, 0, 128, -12],
	]);
});

test.each([-0.1, 1.1, Number.NaN, "1"])("a press of velocity %s is refused", (velocity) => {
	const outlet = new Outlet();
	expect(() => createPad(0, { outlet, ...padTools() }).pad.press(velocity as number)).toThrow(RangeError);
	expect(outlet.sent).toEqual([]);
});

test.each([5, null, [], "abc", () => 1])("set(%s) is refused", (values) => {
	const outlet = new Outlet();
	expect(() => createPad(0, { outlet, ...padTools() }).pad.set(values as unknown as object)).toThrow(
		/^The value of values must be an object, not /,
	);
	expect(outlet.sent).toEqual([]);
});

test.each([48_000, "x", null])("options %s are refused instead of played at once", (options) => {
	const outlet = new Outlet();
	const { pad } = createPad(0, { outlet, ...padTools() });
	expect(() => pad.press(1, options as unknown as object)).toThrow(/^The value of options must be an object, not /);
	expect(outlet.sent).toEqual([]);
});

test.each([
	[{}, "The value of loopRegion.startFrame must be a number from 0 to 4294967296, not undefined."],
	[
		{ startFrame: Symbol("s"), endFrame: 5 },
		"The value of loopRegion.startFrame must be a number from 0 to 4294967296, not Symbol(s).",
	],
	[{ startFrame: 0, endFrame: -5 }, "The value of loopRegion.endFrame must be a number from 0 to 4294967296, not -5."],
	[
		{ startFrame: 9, endFrame: 9 },
		"The loopRegion starts at frame 9 and ends at 9. Pass an end behind the start, or null for the whole sample.",
	],
])("the loop region %o is refused", (region, message) => {
	const outlet = new Outlet();
	const { pad } = createPad(0, { outlet, ...padTools() });
	expect(() => Reflect.set(pad, "loopRegion", region)).toThrow(new RangeError(message));
	expect([outlet.sent, pad.loopRegion]).toEqual([[], null]);
});

test("a property cannot be set to undefined", () => {
	const { pad } = createPad(0, {
		outlet: new Outlet(),
		...padTools(),
	});
	const message = "The value of pan must not be undefined.";
	expect(() => Reflect.set(pad, "pan", undefined)).toThrow(new RangeError(message));
	expect(() => Reflect.set(pad, "eq", undefined)).toThrow(RangeError);
});

test("a parameter that is undefined is left as it is", () => {
	const { pad } = createPad(0, {
		outlet: new Outlet(),
		...padTools(),
	});
	pad.set({ pan: 0.5 });
	pad.set({ gainDecibels: -6, pan: undefined } as object);
	expect([pad.gainDecibels, pad.pan]).toEqual([-6, 0.5]);
});

test("nothing can be added to a pad, and its actions cannot be replaced", () => {
	const { pad } = createPad(4, {
		outlet: new Outlet(),
		...padTools(),
	});
	for (const [name, value] of Object.entries({ gain: -3, id: 7, press: 5 })) {
		expect(Reflect.set(pad, name, value)).toBe(false);
	}
	expect([pad.id, typeof pad.press]).toEqual([4, "function"]);
});

test("a region of another length has its share of the beats, unless the same call sets them", () => {
	const outlet = new Outlet();
	const { pad } = createPad(0, { outlet, ...padTools() });
	pad.loopRegion = { startFrame: 0, endFrame: 500 };
	expect(pad.lengthBeats).toBe(0);
	pad.lengthBeats = 4;
	pad.loopRegion = { startFrame: 250, endFrame: 500 };
	expect(pad.lengthBeats).toBe(2);
	pad.loopRegion = null;
	expect(pad.lengthBeats).toBe(8);
	pad.set({ loopRegion: { startFrame: 0, endFrame: 100 }, lengthBeats: 3 });
	expect(pad.lengthBeats).toBe(3);
	// Behind the sample it is the whole sample.
	pad.loopRegion = { startFrame: 2_000, endFrame: 3_000 };
	expect(pad.lengthBeats).toBe(30);
});

test("a region so short or long that its beats are held in range leaves those of the others as they were", () => {
	const outlet = new Outlet();
	let frames = 96_000;
	const tools = { outlet, ...padTools(() => frames) };
	const { pad } = createPad(0, tools);
	pad.lengthBeats = 4;
	for (const endFrame of [500, 0.1, 250]) {
		pad.loopRegion = { startFrame: 0, endFrame };
		expect(pad.lengthBeats).toBe(1 / 32);
	}
	pad.loopRegion = { startFrame: 0, endFrame: 48_000 };
	expect(pad.lengthBeats).toBe(2);
	pad.set({ loopRegion: { startFrame: 0, endFrame: 1 }, lengthBeats: 16 });
	pad.loopRegion = null;
	expect(pad.lengthBeats).toBe(4_096);
	pad.loopRegion = { startFrame: 0, endFrame: 2 };
	expect(pad.lengthBeats).toBe(32);
	// Beats that are set, and another sample, begin anew.
	pad.loopRegion = { startFrame: 0, endFrame: 0.001 };
	pad.lengthBeats = 1 / 32;
	pad.loopRegion = { startFrame: 0, endFrame: 0.002 };
	expect(pad.lengthBeats).toBe(1 / 16);
	pad.loopRegion = { startFrame: 0, endFrame: 0.0001 };
	frames = 1_000;
	pad.loopRegion = { startFrame: 0, endFrame: 0.0002 };
	expect(pad.lengthBeats).toBe(1 / 16);
});

test("what is read as the loop region can be set, and plays the same", () => {
	const outlet = new Outlet();
	const { pad } = createPad(0, { outlet, ...padTools() });
	const read: unknown[] = [];
	for (const [loopStartFrame, loopEndFrame] of [
		[100, 0],
		[100, 50],
		[0, 50],
		[2 ** 32, 0],
		[0, 0],
	] as const) {
		pad.set({ loopStartFrame, loopEndFrame });
		read.push(pad.loopRegion);
		pad.loopRegion = read.at(-1) as typeof pad.loopRegion;
		expect(pad.loopRegion).toEqual(read.at(-1));
	}
	expect(read).toEqual([{ startFrame: 100, endFrame: 2 ** 32 }, null, { startFrame: 0, endFrame: 50 }, null, null]);
});
