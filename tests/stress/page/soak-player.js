// A thread that plays through a stream of its own, a few random commands now and then, until it is told to end.
import { AudioStreamHandle } from "./engine/stream.js";
import { Random } from "./random.js";

const nap = new Int32Array(new SharedArrayBuffer(4));
const LONGEST_NAP_MS = 20;

self.addEventListener("message", ({ data: { descriptor, seed, slots, sent } }) => {
	const stream = AudioStreamHandle.open(descriptor);
	const random = new Random(seed);
	const [COMMANDS, REFUSED, END] = [0, 1, 2];
	while (Atomics.load(sent, END) === 0) {
		for (let count = random.below(4); count > 0; count--) {
			try {
				if (random.below(4) === 0) stream.stopSample(random.below(slots));
				else stream.playSample(random.below(slots), 1 / slots, { loop: random.below(2) === 0 });
				Atomics.add(sent, COMMANDS, 1);
			} catch (error) {
				if (error.code !== "ring-full") throw error;
				Atomics.add(sent, REFUSED, 1);
			}
		}
		Atomics.wait(nap, 0, 0, 1 + random.below(LONGEST_NAP_MS));
	}
	stream.close();
	self.postMessage("ended");
});
