import { expect, test } from "vitest";
import { type SampleWidth, sampleWidth } from "./sample-width.ts";

const RATE = 44_100;

/** The width according to stereo fields, the byte rate given in bytes per frame. */
const widthOf = (bits: number, frameBytes: number, rateBytes: number) =>
	sampleWidth({ channels: 2, sampleRate: RATE, bits, frameBytes, byteRate: rateBytes * RATE });

const sure = (bytes: number): SampleWidth => ({ bytes, isDoubtful: false, container: null });
const doubtful = (bytes: number): SampleWidth => ({ ...sure(bytes), isDoubtful: true });

test.each<[string, [bits: number, frameBytes: number, rateBytes: number], SampleWidth | null]>([
	["all agree", [16, 4, 4], sure(2)],
	["fewer bits than their bytes", [12, 4, 4], sure(2)],
	["the frame is wrong", [16, 2, 4], sure(2)],
	["the rate is wrong", [16, 4, 1], sure(2)],
	["the bits are wrong and too few", [8, 4, 4], { ...doubtful(1), container: { bytes: 2, isAgreed: true } }],
	["the bits are wrong and too many", [24, 4, 4], null],
	["the bits are left out", [0, 6, 6], sure(3)],
	["bits and rate are left out", [0, 6, 0], sure(3)],
	["bits and frame are left out", [0, 0, 6], sure(3)],
	["frame and rate are left out", [24, 0, 0], sure(3)],
	["all are left out", [0, 0, 0], null],
	["the bits are left out, the others disagree", [0, 4, 6], doubtful(2)],
	["the bits are left out, the frame is impossible", [0, 5, 6], doubtful(3)],
	["none agree", [16, 2, 6], { ...doubtful(2), container: { bytes: 3, isAgreed: false } }],
	["none agree, the others are narrower", [32, 2, 6], doubtful(4)],
	["the others are impossible", [16, 5, 7], doubtful(2)],
	["the others omit the channels", [16, 2, 2], doubtful(2)],
	["a wider container", [24, 8, 8], { ...doubtful(3), container: { bytes: 4, isAgreed: true } }],
	["a wider container, the rate left out", [24, 8, 0], { ...doubtful(3), container: { bytes: 4, isAgreed: false } }],
	["a wider container, the frame left out", [24, 0, 8], { ...doubtful(3), container: { bytes: 4, isAgreed: false } }],
	["more bits than supported", [65, 4, 4], null],
])("%s", (_name, figures, expected) => {
	expect(widthOf(...figures)).toEqual(expected);
});
