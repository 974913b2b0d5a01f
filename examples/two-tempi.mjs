// Two loops of different tempi follow the transport for 16 bars, while its tempo changes in every bar.
// Usage: node examples/two-tempi.mjs prints how many frames each loop's downbeats are off.
import { AudioEngine, encodeWav } from "flitzis-looper";

const SAMPLE_RATE = 48_000;
const BARS = 16;
const SEARCH_FRAMES = 500;
const LOOPS = [
	{ tempo: 91, lengthBeats: 4, hertz: 110, pan: -1 },
	{ tempo: 137.5, lengthBeats: 8, hertz: 165, pan: 1 },
];

/** Plucked notes; the first frame is a click, by which its downbeat is found. @param {(typeof LOOPS)[number]} loop */
function makeLoop({ tempo, lengthBeats, hertz }) {
	const beatSec = 60 / tempo;
	return Float32Array.from({ length: Math.round(lengthBeats * beatSec * SAMPLE_RATE) }, (_, frame) => {
		const t = (frame / SAMPLE_RATE) % beatSec;
		return frame === 0 ? 1 : 0.2 * Math.sin(2 * Math.PI * hertz * t) * Math.exp(-8 * t);
	});
}

/** The loudest frame. @param {Float32Array} frames */
function findClick(frames) {
	const levels = frames.map(Math.abs);
	return levels.indexOf(levels.reduce((most, level) => Math.max(most, level), 0));
}

const engine = new AudioEngine({ output: "offline", sampleRate: SAMPLE_RATE });
const { transport } = engine;
await engine.run();
for (const [id, loop] of LOOPS.entries()) {
	await engine.loadSample(id, encodeWav([makeLoop(loop)], { sampleRate: SAMPLE_RATE }));
	const pad = engine.pad(id);
	pad.set({ loop: true, sync: "repitch", lengthBeats: loop.lengthBeats, pan: loop.pan });
	pad.press(1);
}
engine.renderOffline(SAMPLE_RATE);

let most = 0;
console.log("bar    BPM  frames off");
for (let bar = 1; bar <= BARS; bar++) {
	transport.tempo = 80 + ((bar * 37.3) % 60);
	engine.renderOffline(128); // frameOfBeat tells how things stand in the newest block
	const start = (transport.frameOfBeat(bar * 4) ?? 0) - SEARCH_FRAMES;
	engine.renderOffline(start - engine.stats().frame);
	const channels = engine.renderOffline(SEARCH_FRAMES * 2);
	const off = channels.map((channel, id) =>
		(bar * 4) % (LOOPS[id]?.lengthBeats ?? 0) === 0 ? findClick(channel) - SEARCH_FRAMES : null,
	);
	most = Math.max(most, ...off.map((frames) => Math.abs(frames ?? 0)));
	console.log(`${bar + 1} ${transport.tempo.toFixed(1)} ${off.map((frames) => frames ?? "-").join(" ")}`);
}
console.log(`${BARS} bars: at most ${most} frames off.`);
await engine.shutDown();
