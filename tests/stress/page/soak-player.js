// A thread that sends random commands through its own stream until told to end.
import { AudioStreamHandle } from "./engine/stream.js";
import { DOES, ENDED, FRAME, FRAMES_AHEAD, PLAYING, PLAYS, REFUSED, STOPS, WANTED } from "./player-words.js";
import { Random } from "./random.js";

const LONGEST_NAP_MS = 20;

async function play({ descriptor, seed, slots, words }) {
	const stream = AudioStreamHandle.open(descriptor);
	const random = new Random(seed);

	const sendOne = () => {
		const slot = random.below(slots);
		if (random.below(4) === 0) {
			stream.stopSample(slot);
			Atomics.add(words, STOPS, 1);
			return;
		}
		const atFrame = Atomics.load(words, FRAME) + FRAMES_AHEAD / 2 + random.below(FRAMES_AHEAD / 2);
		const loop = random.below(2) === 0;
		stream.playSample(slot, 1 / slots, random.below(4) === 0 ? { loop, atFrame } : { loop });
		Atomics.add(words, PLAYS, 1);
	};

	for (;;) {
		const wanted = Atomics.load(words, WANTED);
		Atomics.store(words, DOES, wanted);
		if (wanted === ENDED) break;
		for (let count = wanted === PLAYING ? random.below(4) : 0; count > 0; count--) {
			try {
				sendOne();
			} catch (error) {
				if (error.code !== "ring-full") throw error;
				Atomics.add(words, REFUSED, 1);
			}
		}
		await new Promise((resolve) => setTimeout(resolve, 1 + random.below(LONGEST_NAP_MS)));
	}
	stream.close();
	self.postMessage("ended");
}

self.addEventListener("message", ({ data }) => {
	void play(data);
});
