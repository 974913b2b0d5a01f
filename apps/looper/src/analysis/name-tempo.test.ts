import { expect, test } from "vitest";
import { tempiOfName } from "./name-tempo.ts";

test.each([
	["drums_97bpm_Am.wav", [97]],
	["Break 120 BPM.flac", [120]],
	["bpm-174 amen.mp3", [174]],
	["loop_93.5bpm.wav", [93.5]],
	["SO_NV_120_drum_loop_Am.wav", [120]],
	["120_house.wav", [120]],
	["house 128.wav", [128]],
	["house-128.aif", [128]],
	["128 or 64.wav", [128, 64]],
	["90 take 3, 170bpm.wav", [170, 90]],
	["folder 150/kick.wav", []],
	["kick 808.wav", []],
	["kick 12.wav", []],
	["take2024.wav", []],
	["v1.120.wav", []],
	["", []],
	["bpm.wav", []],
])("the tempi of %s", (name, tempi) => {
	expect(tempiOfName(name)).toEqual(tempi);
});
