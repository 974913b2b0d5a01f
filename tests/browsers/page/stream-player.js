// Opens the stream it receives, plays a sample a number of times or until rejected, and reports how often.
import { AudioStreamHandle } from "./engine/stream.js";

const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

async function play({ descriptor, id, velocity, times }) {
	let played = 0;
	try {
		const stream = AudioStreamHandle.open(descriptor);
		for (; played < (times ?? Number.POSITIVE_INFINITY); played++) {
			stream.playSample(id, velocity);
			if (times === null) await turn();
		}
		return { played, code: null };
	} catch (error) {
		return { played, code: error.code };
	}
}

self.addEventListener("message", ({ data }) => {
	void play(data).then((answer) => self.postMessage(answer));
});
