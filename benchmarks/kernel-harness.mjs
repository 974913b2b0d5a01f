// A built kernel with memory of its own, and what a benchmark writes into its rings.
import { readFileSync } from "node:fs";
import * as command from "../packages/engine/dist/protocol/commands.js";
import * as layout from "../packages/engine/dist/protocol/shared-memory.js";

export const SAMPLE_RATE = 48_000;
export const BLOCK_FRAMES = 128;
const RING_CAPACITIES = [layout.CONTROL_RING_COMMANDS, ...Array(8).fill(layout.PRODUCER_RING_COMMANDS)];

/** @typedef {{ atFrame?: number, atLine?: number, ring?: number }} When */

/**
 * Instantiates a built module with a memory.
 *
 * @param {WebAssembly.Memory} memory
 * @param {string} name
 */
export function instantiate(memory, name) {
	const bytes = readFileSync(new URL(`../packages/kernel/dist/${name}`, import.meta.url));
	return new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } }).exports;
}

export class KernelHarness {
	/** @type {WebAssembly.Memory} */
	memory;
	/** @type {Int32Array} */
	words;
	/** @type {DataView} */
	#view;
	/** @type {{ initialize(): void, renderBlock(frames: number): number }} */
	#kernel;

	/**
	 * Starts a kernel of as many pads and voices.
	 *
	 * @param {number} pads
	 * @param {number} pcmBytes
	 */
	constructor(pads, pcmBytes) {
		const pages = Math.ceil((layout.PCM_HEAP + pcmBytes) / layout.WASM_PAGE_BYTES);
		this.memory = new WebAssembly.Memory({ initial: pages, maximum: 65_536, shared: true });
		this.words = new Int32Array(this.memory.buffer);
		this.#view = new DataView(this.memory.buffer);
		const header = layout.HEADER / 4;
		this.words[header + layout.HEADER_SLOTS / 4] = pads;
		this.words[header + layout.HEADER_VOICES / 4] = pads;
		this.words[header + layout.HEADER_SAMPLE_RATE / 4] = SAMPLE_RATE;
		this.words[header + layout.HEADER_FADE_FRAMES / 4] = SAMPLE_RATE / 200;
		const kernel = instantiate(this.memory, "kernel.wasm");
		this.#kernel = /** @type {{ initialize(): void, renderBlock(frames: number): number }} */ (
			/** @type {unknown} */ (kernel)
		);
		this.#kernel.initialize();
	}

	/** Renders a block. */
	render() {
		this.#kernel.renderBlock(BLOCK_FRAMES);
		// Nobody reads the journal and the events here.
		this.words[layout.JOURNAL_READ / 4] = this.words[layout.JOURNAL_WRITE / 4] ?? 0;
		this.words[layout.EVENT_READ / 4] = this.words[layout.EVENT_WRITE / 4] ?? 0;
	}

	/** Publishes a stereo sample at the kernel's rate. @param {number} slot @param {number} address @param {number} frames */
	load(slot, address, frames) {
		this.send(command.LOAD_SAMPLE, slot, (at) => {
			this.words.set([slot + 1, address, frames, 2], (at + command.LOAD_HANDLE) / 4);
			this.#view.setFloat64(at + command.LOAD_RATIO, 1, true);
		});
	}

	/** Sets a parameter. @param {number} slot @param {number} parameter @param {number} value @param {When} [when] */
	set(slot, parameter, value, when) {
		const write = (/** @type {number} */ at) => {
			this.#view.setInt32(at + command.PARAMETER_NUMBER, parameter, true);
			this.#view.setFloat64(at + command.PARAMETER_VALUE, value, true);
		};
		this.send(command.SET_PARAMETER, slot, write, when);
	}

	/** Sends a command with one argument. @param {number} type @param {number} slot @param {number} argument @param {When} [when] */
	act(type, slot, argument, when) {
		this.send(type, slot, (at) => this.#view.setFloat64(at + command.ARGUMENT, argument, true), when);
	}

	/** Writes a command. @param {number} type @param {number} slot @param {(at: number) => void} write @param {When} [when] */
	send(type, slot, write, { atFrame, atLine, ring = 0 } = {}) {
		const positions = layout.RING_POSITIONS + ring * layout.RING_POSITIONS_BYTES;
		const start = ring === 0 ? layout.CONTROL_RING : layout.PRODUCER_RINGS + (ring - 1) * layout.PRODUCER_RING_BYTES;
		const written = this.words[(positions + layout.RING_WRITE) / 4] ?? 0;
		const at = start + (written % (RING_CAPACITIES[ring] ?? 1)) * layout.COMMAND_BYTES;
		this.words.fill(0, at / 4, (at + layout.COMMAND_BYTES) / 4);
		const flag = atFrame !== undefined ? command.AT_FRAME : atLine !== undefined ? command.AT_LINE : 0;
		this.#view.setInt32(at, type | flag, true);
		this.#view.setInt32(at + command.COMMAND_SLOT, slot, true);
		if (atFrame !== undefined) this.#view.setUint32(at + command.COMMAND_FRAME_LOW, atFrame, true);
		if (atLine !== undefined) this.#view.setFloat64(at + command.COMMAND_FRAME_LOW, atLine, true);
		write(at);
		Atomics.store(this.words, (positions + layout.RING_WRITE) / 4, written + 1);
	}
}
