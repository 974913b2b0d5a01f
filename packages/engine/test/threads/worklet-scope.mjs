// The global scope of an audio worklet, as far as the built worklet needs it.

/** @typedef {{ process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean }} Processor */

/** The port of every processor is one end of this. */
export const processorPorts = new MessageChannel();

class AudioWorkletProcessor {
	port = processorPorts.port1;
}

/** @type {(new (options: object) => Processor)[]} */
const registered = [];
const registerProcessor = (/** @type {string} */ _name, /** @type {new () => Processor} */ type) =>
	registered.push(type);
Object.assign(globalThis, { AudioWorkletProcessor, registerProcessor });
await import("../../dist/kernel-processor.js");

/** @param {object} processorOptions @returns {Processor} the built worklet's */
export function createProcessor(processorOptions) {
	const [Processor] = registered;
	if (Processor === undefined) throw new Error("the worklet registered no processor");
	return new Processor({ processorOptions });
}
