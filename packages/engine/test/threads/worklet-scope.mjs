// The parts of an audio worklet's global scope that the built worklet needs.

/** @typedef {{ process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean }} Processor */

/** The port of every processor is one end of this channel. */
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
	if (Processor === undefined) throw new Error("The worklet registered no processor.");
	return new Processor({ processorOptions });
}
