// Creates the golden performance: its samples, a performance that begins in mid-sound, and the digest of its audio. It fails when
// a kind of command or parameter makes no difference to it.
// Run it after `npm run build` after an intended change of the format: node packages/engine/test/golden/generate.mjs
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { AudioEngine, formatPerformance } from "../../dist/index.node.js";
import { floatWave } from "../float-wave.mjs";
import { randomActs } from "./acts.mjs";
import { Digest, unheardKinds } from "./heard.mjs";
import { tourOf } from "./tour.mjs";

const FOLDER = fileURLToPath(new URL(".", import.meta.url));
const SAMPLE_RATE = 48_000;
const MOMENTS = 110;
const SLOTS = 8;

let state = 0x5eed;

/** Seeded, uniform in 0..1 (1 excluded): G. Marsaglia, "Xorshift RNGs" (2003). */
function random() {
	state ^= state << 13;
	state ^= state >>> 17;
	state ^= state << 5;
	return (state >>> 0) / 2 ** 32;
}

/** @template T @param {readonly T[]} choices @returns {T} */
function choose(choices) {
	const choice = choices[Math.floor(random() * choices.length)];
	if (choice === undefined) throw new Error("There is nothing to choose from.");
	return choice;
}

/** A falling tone with some noise. @param {number} frames @param {number} channels @param {number} hertz */
function tone(frames, channels, hertz) {
	return Float32Array.from({ length: frames * channels }, (_, index) => {
		const frame = Math.floor(index / channels);
		const decay = 1 - frame / frames;
		const phase = (2 * Math.PI * hertz * (1 + (index % channels) / 3) * frame) / SAMPLE_RATE;
		return decay * (0.6 * Math.sin(phase) + 0.1 * (2 * random() - 1));
	});
}

/** Float values of every magnitude: loud, at the limits of what is kept, subnormal, non-finite. */
function extremes() {
	const scales = [1, 2 ** -24, 2 ** -62, 2 ** -63, 2 ** -64, 2 ** -126, 2 ** -130, 2 ** -149];
	const samples = Float32Array.from({ length: 4_000 }, () => (2 * random() - 1) * choose(scales));
	samples.set([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0], 100);
	return samples;
}

/** @param {string} name @param {Float32Array} samples @param {number} channels @param {number} sampleRate @param {string[]} coding */
function encode(name, samples, channels, sampleRate, coding) {
	const input = floatWave(samples, channels, sampleRate);
	const exact = ["-bitexact", "-map_metadata", "-1"];
	execFileSync("ffmpeg", ["-v", "error", "-y", "-i", "-", ...coding, ...exact, join(FOLDER, name)], { input });
	return name;
}

const names = [
	encode("bass.wav", tone(9_001, 2, 110), 2, 48_000, ["-c:a", "pcm_f32le"]),
	encode("kick.flac", tone(6_000, 2, 60), 2, 44_100, ["-c:a", "flac", "-sample_fmt", "s16"]),
	encode("snare.aiff", tone(5_000, 1, 300), 1, 96_000, ["-c:a", "pcm_s24be"]),
	encode("chord.mp3", tone(12_000, 2, 440), 2, 44_100, ["-c:a", "libmp3lame", "-b:a", "96k"]),
	encode("lead.ogg", tone(8_000, 1, 660), 1, 32_000, ["-c:a", "libvorbis", "-q:a", "3"]),
	encode("voice.opus", tone(12_000, 2, 220), 2, 48_000, ["-c:a", "libopus", "-b:a", "64k"]),
	encode("hat.wav", tone(3_000, 1, 5_000), 1, 22_050, ["-c:a", "pcm_u8"]),
	"extremes.wav",
];
writeFileSync(join(FOLDER, "extremes.wav"), floatWave(extremes(), 2, SAMPLE_RATE));

const engine = new AudioEngine({
	output: "offline",
	sampleRate: SAMPLE_RATE,
	sampleSlots: SLOTS,
	voices: 6,
	fadeSeconds: 0.012,
});
await engine.run();

/** @param {number} slot @param {string} name */
async function load(slot, name) {
	await engine.loadSample(slot, new File([readFileSync(join(FOLDER, name))], basename(name)));
}

const act = randomActs(engine, SLOTS, random);

// Replaced samples of some slots are still sounding.
for (let slot = 0; slot < SLOTS; slot++) await load(slot, names[slot] ?? "");
for (let slot = 0; slot < 4; slot++) engine.playSample(slot, 0.8, { loop: true });
engine.renderOffline(5_000);
for (let slot = 0; slot < 3; slot++) await load(slot, names[(slot + 3) % SLOTS] ?? "");
engine.playSample(5, 0.9);
engine.renderOffline(1_000);
// The performance begins during a fade and a gain ramp.
engine.pad(2).press(0.5);
engine.stopSample(3);
engine.masterGainDecibels = -3;
engine.renderOffline(100);

engine.performance.start();
const digest = new Digest();
for (const [visit, frames] of tourOf(engine)) {
	await visit();
	digest.add(engine.renderOffline(frames));
}
for (let moment = 0; moment < MOMENTS; moment++) {
	for (let count = Math.floor(random() * 10); count > 0; count--) act();
	if (moment === 20) engine.masterGainDecibels = -240.824;
	if (moment === 22) engine.masterGainDecibels = -3;
	if (moment === 40) engine.unloadSample(6);
	if (moment === 50) engine.playSample(0, 2 ** -41);
	if (moment % 50 === 49) await load(moment % SLOTS, names[(moment + 1) % SLOTS] ?? "");
	digest.add(engine.renderOffline(128 * Math.ceil(random() * 24)));
}
const performance = await engine.performance.stop();
await engine.shutDown();
const unheard = await unheardKinds(performance, ({ name }) => join(FOLDER, name));
if (unheard.length > 0) throw new Error(`The performance sounds the same without ${unheard.join(", ")}.`);
writeFileSync(join(FOLDER, "performance.json"), formatPerformance(performance));
writeFileSync(join(FOLDER, "digest.txt"), `${digest.finish()}\n`);
process.stdout.write(`${performance.frames} frames, ${performance.commands.length} commands\n`);
