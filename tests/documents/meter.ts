/** Hears whether a page sounds: measures what reaches the destinations of its contexts. */
export const METER: string = `
const connect = AudioNode.prototype.connect;
AudioNode.prototype.connect = function (...args) {
	if (args[0] instanceof AudioDestinationNode && !(this.context instanceof OfflineAudioContext)) {
		const meter = new AnalyserNode(this.context);
		connect.call(this, meter);
		const levels = new Float32Array(meter.fftSize);
		setInterval(() => {
			meter.getFloatTimeDomainData(levels);
			if (levels.some((level) => level !== 0)) globalThis.hasSounded = true;
		}, 10);
	}
	return connect.apply(this, args);
};`;
