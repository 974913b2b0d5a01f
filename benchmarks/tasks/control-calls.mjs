// How long do the calls of a performance block the control thread? Loading must cost almost nothing there.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { AudioEngine } from "flitzis-looper";

const CALLS = 2_000;
const TRIGGERS_PER_BLOCK = 500;
const MEGABYTES = 8;

/** @param {number[]} times */
function median(times) {
	return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? Number.NaN;
}

/** @param {string} call @param {number[]} microseconds @param {number} limit */
function report(call, microseconds, limit) {
	const sorted = microseconds.toSorted((one, other) => one - other);
	const high = sorted[Math.floor(0.99 * sorted.length)] ?? Number.NaN;
	const middle = median(microseconds);
	const verdict = middle < limit ? "within" : "ABOVE";
	console.log(
		`${call.padEnd(34)} median ${middle.toFixed(3)} µs, 99 % ${high.toFixed(1)} µs: ${verdict} the limit of ${limit} µs`,
	);
	if (middle >= limit) process.exitCode = 1;
}

/** A WAV file of silence, large enough to slow down a call that reads it. */
function wave() {
	const bytes = Buffer.alloc(MEGABYTES * 2 ** 20);
	bytes.write("RIFF", 0);
	bytes.writeUInt32LE(bytes.length - 8, 4);
	bytes.write("WAVEfmt ", 8);
	bytes.writeUInt32LE(16, 16);
	bytes.writeUInt16LE(1, 20);
	bytes.writeUInt16LE(2, 22);
	bytes.writeUInt32LE(48_000, 24);
	bytes.writeUInt32LE(192_000, 28);
	bytes.writeUInt16LE(4, 32);
	bytes.writeUInt16LE(16, 34);
	bytes.write("data", 36);
	bytes.writeUInt32LE(bytes.length - 44, 40);
	return bytes;
}

/** @param {AudioEngine} engine @param {string | Blob} source */
async function timeLoads(engine, source) {
	const times = [];
	for (let call = 0; call < CALLS; call++) {
		const start = performance.now();
		engine.loadSampleAsync(call % 32, source);
		times.push(1000 * (performance.now() - start));
		if (call % 16 === 15) await setTimeout(1);
		while (engine.pollLoaderEvents() !== null);
	}
	return times;
}

/** @param {AudioEngine} engine @param {(id: number) => void} trigger */
function timeTriggers(engine, trigger) {
	const times = [];
	for (let block = 0; block < 400; block++) {
		const start = performance.now();
		for (let count = 0; count < TRIGGERS_PER_BLOCK; count++) trigger(count & 31);
		times.push((1000 * (performance.now() - start)) / TRIGGERS_PER_BLOCK);
		engine.renderOffline(128);
	}
	return times;
}

const folder = mkdtempSync(join(tmpdir(), "flitzis-looper-bench-"));
const engine = new AudioEngine({ output: "offline", sampleRate: 48_000 });
try {
	const path = join(folder, "silence.wav");
	const bytes = wave();
	writeFileSync(path, bytes);
	await engine.run();
	await engine.loadSample(0, path);
	report(`loadSampleAsync, path, ${MEGABYTES} MiB`, await timeLoads(engine, path), 50);
	report(`loadSampleAsync, Blob, ${MEGABYTES} MiB`, await timeLoads(engine, new Blob([bytes])), 50);
	const pads = Array.from({ length: 32 }, (_, id) => engine.pad(id));
	report(
		"playSample",
		timeTriggers(engine, (id) => engine.playSample(id, 0.5)),
		1,
	);
	report(
		"pad.press",
		timeTriggers(engine, (id) => pads[id]?.press(0.5)),
		1,
	);
	const activity = engine.createActivity();
	report(
		"readActivity of 32 pads",
		timeTriggers(engine, () => engine.readActivity(activity)),
		50,
	);
} finally {
	await engine.shutDown();
	rmSync(folder, { recursive: true });
}
