import { expect, test } from "vitest";
import { opusPacket } from "./opus-packet.ts";

test.each<[string, number, readonly number[]]>([
	["SILK, 10 ms", 480, [0 << 3, 1]],
	["SILK, 60 ms", 2_880, [3 << 3, 1]],
	["hybrid, 10 ms", 480, [12 << 3, 1]],
	["hybrid, 20 ms, stereo", 960, [(15 << 3) | 4, 1]],
	["CELT, 2.5 ms", 120, [16 << 3, 1]],
	["CELT, 20 ms", 960, [31 << 3, 1]],
	["two frames of equal length", 1_920, [(31 << 3) | 1, 1, 1]],
	["two frames of their own lengths", 240, [(16 << 3) | 2, 1, 1]],
	["48 frames of 2.5 ms", 5_760, [(16 << 3) | 3, 48, 1]],
	["one byte", 2_880, [11 << 3]],
])("%s lasts %i frames", (_name, frames, bytes) => {
	expect(opusPacket(Uint8Array.from(bytes)).frames).toBe(frames);
});

test.each<[string, readonly number[]]>([
	["nothing", []],
	["no frame", [(31 << 3) | 3, 0]],
	["a missing count", [(31 << 3) | 3]],
	["more than 120 ms", [(31 << 3) | 3, 7]],
])("a packet of %s does not declare its length", (_name, bytes) => {
	expect(opusPacket(Uint8Array.from(bytes)).frames).toBe(0);
});
