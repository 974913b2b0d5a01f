import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decodeMidi } from "./midi-message.ts";

test("a note carries its channel and velocity", () => {
	expect(decodeMidi([0x90, 60, 127])).toEqual({ type: "note-on", channel: 1, note: 60, velocity: 1 });
	expect(decodeMidi([0x9f, 0, 1])).toEqual({ type: "note-on", channel: 16, note: 0, velocity: 1 / 127 });
});

test("a note-off, and a note-on without velocity, release", () => {
	expect(decodeMidi([0x82, 60, 64])).toEqual({ type: "note-off", channel: 3, note: 60 });
	expect(decodeMidi([0x92, 60, 0])).toEqual({ type: "note-off", channel: 3, note: 60 });
});

test("a controller carries its value, and the channel modes that silence end all notes", () => {
	expect(decodeMidi([0xb0, 7, 100])).toEqual({ type: "controller", channel: 1, controller: 7, value: 100 });
	expect(decodeMidi([0xb4, 123, 0])).toEqual({ type: "all-notes-off", channel: 5 });
	expect(decodeMidi([0xb4, 120, 0])).toEqual({ type: "all-notes-off", channel: 5 });
	expect(decodeMidi([0xb4, 121, 0])).toBeNull();
});

test("the clock's messages are one byte, a song position is in sixteenths", () => {
	expect([0xf8, 0xfa, 0xfb, 0xfc].map((status) => decodeMidi([status])?.type)).toEqual([
		"clock",
		"start",
		"continue",
		"stop",
	]);
	expect(decodeMidi([0xf2, 5, 1])).toEqual({ type: "song-position", sixteenths: 133 });
});

test("pitch bends, system exclusive and cut messages mean nothing", () => {
	for (const data of [[0xe0, 0, 64], [0xf0, 1, 2, 0xf7], [0x90, 60], [0xfe], []]) expect(decodeMidi(data)).toBeNull();
});

test("no bytes make a note, a controller or a channel out of range", () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 4 }), (data) => {
			const message = decodeMidi(data);
			if (message === null) return;
			for (const [name, value] of Object.entries(message)) {
				if (typeof value !== "number") continue;
				expect(value).toBeGreaterThanOrEqual(name === "channel" ? 1 : 0);
				const most = { channel: 16, velocity: 1, sixteenths: 16_383 }[name] ?? 127;
				expect(value).toBeLessThanOrEqual(most);
			}
		}),
	);
});
