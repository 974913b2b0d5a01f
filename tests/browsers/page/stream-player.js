// Opens the stream it is sent, plays one sample so many times or until it is refused, and says how often it did.
import { AudioStreamHandle } from "./engine/stream.js";

self.addEventListener("message", ({ data: { descriptor, id, velocity, times } }) => {
	const stream = AudioStreamHandle.open(descriptor);
	let played = 0;
	let code = null;
	try {
		for (; played < times; played++) stream.playSample(id, velocity);
	} catch (error) {
		code = error.code;
	}
	self.postMessage({ played, code });
});
