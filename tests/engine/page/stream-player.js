// Opens the stream it is sent, plays one sample and says so.
import { AudioStreamHandle } from "./engine/stream.js";

self.addEventListener("message", ({ data: { descriptor, id, velocity } }) => {
	const stream = AudioStreamHandle.open(descriptor);
	stream.playSample(id, velocity);
	stream.close();
	self.postMessage("played");
});
