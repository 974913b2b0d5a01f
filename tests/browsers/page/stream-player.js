// Opens the stream it is sent, plays one sample so many times or until it is refused, and says how often it did.
import { AudioStreamHandle } from "./engine/stream.js";

const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

self.addEventListener("message", async ({ data: { descriptor, id, velocity, times } }) => {
	let played = 0;
	let code = null;
	try {
		const stream = AudioStreamHandle.open(descriptor);
		while (times === "until refused" || played < times) {
			stream.playSample(id, velocity);
			played += 1;
			if (times === "until refused") await turn();
		}
	} catch (error) {
		code = error.code;
	}
	self.postMessage({ played, code });
});
