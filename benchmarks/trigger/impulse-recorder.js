/**
 * Reports the frames at which its input is not silent, counted from its first one: on a busy machine Chromium sometimes gives two
 * blocks the same `currentFrame`.
 */
class ImpulseRecorder extends AudioWorkletProcessor {
	#frame = 0;
	#heard = [];

	process([input], [output]) {
		const [channel = []] = input;
		for (let frame = 0; frame < channel.length; frame++) {
			if (channel[frame] !== 0) this.#heard.push(this.#frame + frame);
		}
		this.#frame += output[0].length;
		if (this.#heard.length > 0 && this.#frame % 4096 === 0) {
			this.port.postMessage(this.#heard);
			this.#heard = [];
		}
		return true;
	}
}

registerProcessor("impulse-recorder", ImpulseRecorder);
