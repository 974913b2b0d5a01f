import type { Performance } from "../src/performance/performance.ts";

const engine = {
	sampleRate: 48_000,
	sampleSlots: 4,
	voices: 3,
	voiceOverflow: "replace-oldest",
	fadeFrames: 240,
} as const;

/** A performance with one of everything. */
export const performanceExample: Performance = {
	format: "flitzis-looper-performance",
	version: 1,
	preRollFrames: 100,
	frames: 900,
	engine,
	samples: [
		{
			name: "kick.wav",
			contentHash: "0123456789abcdef".repeat(4),
			fileBytes: 4_044,
			trimEncoderDelay: true,
			format: "WAV",
			frames: 500,
			channels: 2,
			pcmChecksum: "fedcba9876543210",
		},
		{
			name: "data:",
			contentHash: "ab".repeat(32),
			fileBytes: 99,
			trimEncoderDelay: false,
			format: "FLAC",
			frames: 7,
			channels: 1,
			pcmChecksum: "00000000ffffffff",
		},
	],
	start: {
		slots: [
			{ slot: 0, sample: 0 },
			{ slot: 3, sample: 1 },
		],
		gainDecibels: Math.fround(-0.1),
	},
	commands: [
		{ frame: 0, type: "play", slot: 0, velocity: Math.fround(0.1), loop: false },
		{ frame: 0, type: "load", slot: 1, sample: 1 },
		{ frame: 17, type: "stop", slot: 0 },
		{ frame: 17, type: "gain", decibels: Math.fround(-240.824) },
		{ frame: 998, type: "unload", slot: 3 },
		{ frame: 999, type: "stopAll" },
	],
};
