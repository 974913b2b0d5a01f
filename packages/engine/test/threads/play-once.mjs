// Opens the stream it receives, plays one sample and ends.
import { parentPort } from "node:worker_threads";
import { AudioStreamHandle } from "flitzis-looper/stream";

parentPort.once("message", ({ descriptor, id, velocity }) => {
	const stream = AudioStreamHandle.open(descriptor);
	stream.playSample(id, velocity);
	stream.close();
	parentPort.close();
});
