// How long does it take in Chromium from playSample to sound? Measured in frames over 10,000 triggers at random times. The
// limited figure is the time from a trigger until the context has rendered the buffer with its first frame: 1 block and
// the context's own latency (baseLatency, one buffer) at most in the median. The time of that buffer to the
// loudspeaker depends on the device; the browser's estimate is printed, too, but not measured here.
import { readFileSync } from "node:fs";
import { chromium } from "@playwright/test";
import { programPath } from "../../scripts/ensure-programs.mjs";
import { startPulseAudio } from "../../scripts/start-pulseaudio.mjs";
import { servePage } from "../serve-page.mjs";
import { measureInPage } from "../trigger/measure-in-page.mjs";

const SAMPLE_RATE = 48_000;
const TRIGGERS = 10_000;
const BLOCK_FRAMES = 128;
const SHARES = [0, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1];

const recorder = readFileSync(new URL("../trigger/impulse-recorder.js", import.meta.url), "utf8");
const server = await servePage((path) => (path === "/impulse-recorder.js" ? recorder : null));
const loudspeaker = await startPulseAudio(SAMPLE_RATE);
const browser = await chromium.launch({
	executablePath: programPath("chromium"),
	args: ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"],
	ignoreDefaultArgs: ["--mute-audio"],
	env: { ...process.env, ...loudspeaker.environment },
});

/** @param {string} what @param {number[]} frames @returns {number} the median */
function report(what, frames) {
	const sorted = frames.toSorted((one, other) => one - other);
	const at = SHARES.map((share) => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN);
	console.log(`${what.padEnd(46)}${at.map((value) => value.toFixed(0).padStart(7)).join("")}`);
	return at[SHARES.indexOf(0.5)] ?? Number.NaN;
}

try {
	const page = await browser.newPage();
	await page.goto(server.origin);
	const task = { count: TRIGGERS, sampleRate: SAMPLE_RATE, seed: 2_463_534_242 };
	const { triggers, bufferFrames, dropouts } = await page.evaluate(measureInPage, task);
	console.log(`${TRIGGERS} triggers, frames at ${SAMPLE_RATE} Hz; ${dropouts} dropouts meanwhile`);
	console.log(`${"".padEnd(46)}${SHARES.map((share) => `${100 * share} %`.padStart(7)).join("")}`);
	report(
		"from the kernel's clock to the first frame",
		triggers.map(({ clockFrames }) => clockFrames),
	);
	const median = report(
		"from the call until that frame is rendered",
		triggers.map(({ waitedFrames }) => waitedFrames),
	);
	report(
		"from the call to the loudspeaker, estimated",
		triggers.map(({ playedFrames }) => playedFrames),
	);
	const limit = BLOCK_FRAMES + bufferFrames;
	const verdict = median <= limit ? "within" : "ABOVE";
	console.log(`median ${median.toFixed(0)} frames, ${verdict} 1 block and the context's own ${bufferFrames} frames`);
	if (median > limit) process.exitCode = 1;
} finally {
	await browser.close();
	await loudspeaker.stop();
	server.close();
}
