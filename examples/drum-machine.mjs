// A drum machine: presses come a little early and wait for the line of their 16th; a roll fills every fourth bar.
// Usage: node examples/drum-machine.mjs [FILE.wav] writes a file; node examples/drum-machine.mjs --listen plays.
import { writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { AudioEngine, encodeWav } from "flitzis-looper";

const [argument = "drum-machine.wav"] = process.argv.slice(2);
const isHeard = argument === "--listen";
const SAMPLE_RATE = 48_000;
const BARS = 8;
const noise = (/** @type {number} */ t) => Math.sin(1e7 * t * t);
/** One character per 16th, and the sound over its seconds. @type {[string, (t: number) => number][]} */
const DRUMS = [
	["x.....x.x.....x.", (t) => Math.sin(310 * t + 30 * (1 - Math.exp(-30 * t))) * Math.exp(-12 * t)],
	["....x.......x...", (t) => (Math.sin(1200 * t) + noise(t)) * Math.exp(-20 * t) * 0.4],
	["x.x.x.x.x.x.x.xx", (t) => noise(t) * Math.exp(-70 * t) * 0.4],
];

const engine = new AudioEngine(isHeard ? {} : { output: "offline", sampleRate: SAMPLE_RATE });
const { transport, master } = engine;
await engine.run();
for (const [id, [, sound]] of DRUMS.entries()) {
	const frames = Float32Array.from({ length: SAMPLE_RATE / 2 }, (_, frame) => sound(frame / SAMPLE_RATE));
	await engine.loadSample(id, encodeWav([frames], { sampleRate: SAMPLE_RATE }));
	engine.pad(id).set({ retrigger: "restart", gainDecibels: -3 });
}
master.limiter = { isOn: true, ceilingDecibels: -1 };
transport.tempo = 112;
transport.start();

/** @type {Float32Array[][]} */
const pieces = [];
/** Lets time pass until a beat. @param {number} beat */
async function playUntil(beat) {
	while (transport.beatOfFrame(engine.stats().frame) < beat)
		if (isHeard) await setTimeout(5);
		else pieces.push(engine.renderOffline(128));
}

let presses = 0;
for (let step = 0; step < BARS * 16; step++) {
	await playUntil(step / 4 - 0.05);
	for (const [id, [pattern]] of DRUMS.entries()) {
		if (pattern[step % 16] !== "x") continue;
		engine.pad(id).press(step % 4 === 0 ? 1 : 0.6, { atLine: 1 / 4 });
		presses += 1;
	}
	if (step % 64 === 60) engine.pad(1).roll(1 / 8, { atLine: 1 / 4 }); // over the snare that was just pressed
	if (step % 64 === 63) engine.pad(1).endRoll({ atLine: 1 });
}
await playUntil(BARS * 4);
console.log(`${presses} presses in ${BARS} bars at ${transport.tempo} BPM.`);
if (!isHeard) {
	const sides = [0, 1].map((side) => Float32Array.from(pieces.flatMap((piece) => [...(piece[side] ?? [])])));
	writeFileSync(argument, encodeWav(sides, { sampleRate: SAMPLE_RATE }));
	console.log(`Wrote ${argument}; --listen plays instead.`);
}
await engine.shutDown();
