// Makes the golden performance: its samples, the performance begun in mid-sound, and the digest of what was heard then.
// Run it after `npm run build` when the format changes on purpose: node packages/engine/test/golden/generate.mjs
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { AudioEngine, formatPerformance } from "../../dist/index.node.js";

const FOLDER = fileURLToPath(new URL(".", import.meta.url));
const SAMPLE_RATE = 48_000;
const MOMENTS = 60;
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
	if (choice === undefined) throw new Error("there is nothing to choose");
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

/** Every size of number that a float file can hold: loud, at the borders of what is kept, subnormal, none at all. */
function extremes() {
	const scales = [1, 2 ** -24, 2 ** -62, 2 ** -63, 2 ** -64, 2 ** -126, 2 ** -130, 2 ** -149];
	const samples = Float32Array.from({ length: 4_000 }, () => (2 * random() - 1) * choose(scales));
	samples.set([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0], 100);
	return samples;
}

/** @param {Float32Array} samples @param {number} channels @param {number} sampleRate */
function floatWave(samples, channels, sampleRate) {
	const bytes = Buffer.alloc(44 + samples.byteLength);
	bytes.write("RIFF", 0, "latin1");
	bytes.writeUInt32LE(bytes.length - 8, 4);
	bytes.write("WAVEfmt ", 8, "latin1");
	bytes.writeUInt32LE(16, 16);
	bytes.writeUInt16LE(3, 20);
	bytes.writeUInt16LE(channels, 22);
	bytes.writeUInt32LE(sampleRate, 24);
	bytes.writeUInt32LE(sampleRate * channels * 4, 28);
	bytes.writeUInt16LE(channels * 4, 32);
	bytes.writeUInt16LE(32, 34);
	bytes.write("data", 36, "latin1");
	bytes.writeUInt32LE(samples.byteLength, 40);
	bytes.set(new Uint8Array(samples.buffer), 44);
	return bytes;
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

/** Soon, but not at once. */
function atFrame() {
	return engine.stats().frame + Math.floor(random() * 3_000);
}

function play() {
	const velocity = choose([1, 0.7, 0.3, 2 ** -20, 2 ** -39, 2 ** -40, 2 ** -41]);
	const timed = random() < 0.6 ? { atFrame: atFrame() } : {};
	engine.playSample(Math.floor(random() * SLOTS), velocity, { loop: random() < 0.4, ...timed });
}

function act() {
	const dice = random();
	if (dice < 0.6) play();
	else if (dice < 0.8) engine.stopSample(Math.floor(random() * SLOTS), random() < 0.5 ? { atFrame: atFrame() } : {});
	else if (dice < 0.95) engine.masterGainDecibels = choose([0, -3, 6, -12, -12, -240, -240.824, -240.8, -200]);
	else engine.stopAll();
}

// The first samples of some slots sound on when others have replaced them.
for (let slot = 0; slot < SLOTS; slot++) await load(slot, names[slot] ?? "");
for (let slot = 0; slot < 4; slot++) engine.playSample(slot, 0.8, { loop: true });
engine.renderOffline(5_000);
for (let slot = 0; slot < 3; slot++) await load(slot, names[(slot + 3) % SLOTS] ?? "");
engine.playSample(5, 0.9);
engine.renderOffline(1_000);
// The performance begins during a fade and a move of the gain.
engine.stopSample(3);
engine.masterGainDecibels = -3;
engine.renderOffline(100);

engine.performance.start();
const hash = createHash("sha256");
for (let moment = 0; moment < MOMENTS; moment++) {
	for (let count = Math.floor(random() * 6); count > 0; count--) act();
	if (moment === 40) engine.unloadSample(6);
	if (moment === 50) engine.masterGainDecibels = 0;
	const [left, right] = engine.renderOffline(128 * Math.ceil(random() * 24));
	const samples = new Float32Array(2 * left.length);
	for (const [frame, sample] of left.entries()) samples.set([sample, right[frame] ?? 0], 2 * frame);
	hash.update(samples);
}
const performance = await engine.performance.stop();
await engine.shutDown();
writeFileSync(join(FOLDER, "performance.json"), formatPerformance(performance));
writeFileSync(join(FOLDER, "digest.txt"), `${hash.digest("hex")}\n`);
process.stdout.write(`${performance.frames} frames, ${performance.commands.length} commands\n`);
