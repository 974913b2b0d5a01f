import { readFileSync } from "node:fs";
import * as message from "../../engine/src/protocol/commands.ts";
import type { LoopSeam } from "../../engine/src/protocol/loop-seam.ts";
import * as layout from "../../engine/src/protocol/shared-memory.ts";
import { doubleBits, interleave } from "./signals.ts";

/** Which of the two builds of the kernel runs. */
export type KernelBuild = "shared" | "unshared";

/** A sample in the engine memory. */
export interface PlacedSample {
	readonly handle: number;
	readonly address: number;
	readonly frames: number;
	readonly channels: number;
	/** Interleaved, `frames * channels` numbers. */
	readonly samples: Float32Array;
	/** Left out when the frames are the loop themselves. */
	readonly seam?: PlacedSeam;
}

/** How a sample goes round, and the interleaved frames that lie behind its guard frames for that. */
export interface PlacedSeam extends LoopSeam {
	readonly edges: Float32Array;
}

/** One command; with a frame it takes effect there, else at the start of the next block. */
export type Command = { readonly atFrame?: number } & (
	| { readonly type: "load"; readonly slot: number; readonly sample: PlacedSample }
	| { readonly type: "play"; readonly slot: number; readonly velocity: number; readonly isLooping: boolean }
	| { readonly type: "stop"; readonly slot: number }
	| { readonly type: "stopAll" }
	| { readonly type: "unload"; readonly slot: number }
	| { readonly type: "gain"; readonly decibels: number }
);

/** What the header says; the rest of it does not concern the kernel. */
export interface KernelOptions {
	readonly slots?: number;
	readonly voices?: number;
	readonly overflow?: number;
	readonly fadeFrames?: number;
}

interface KernelExports {
	initialize(): void;
	renderBlock(frames: number): number;
	applyCommands(): number;
	setClock(low: number, high: number): void;
}

const SIXTEEN_MEBIBYTES = 256;

/** The built kernel with a memory of its own, driven by hand: what the control and the audio thread do, in turns. */
export class KernelHost {
	readonly memory: WebAssembly.Memory;
	readonly words: Uint32Array;
	readonly floats: Float32Array;
	readonly #exports: KernelExports;
	#nextAddress: number = layout.PCM_HEAP;
	#nextHandle = 1;

	constructor(options: KernelOptions = {}, build: KernelBuild = "shared", pages: number = SIXTEEN_MEBIBYTES) {
		this.memory = new WebAssembly.Memory({ initial: pages, maximum: 65_536, shared: build === "shared" });
		this.words = new Uint32Array(this.memory.buffer);
		this.floats = new Float32Array(this.memory.buffer);
		const instance = new WebAssembly.Instance(kernelModule(build), { env: { memory: this.memory } });
		// module.test.ts checks the exports of the built file
		this.#exports = instance.exports as unknown as KernelExports;
		this.restart(options);
	}

	/** Starts again with an empty bank. The positions of the rings stay where they are. */
	restart(options: KernelOptions = {}): void {
		this.setHeader(layout.HEADER_SLOTS, options.slots ?? 32);
		this.setHeader(layout.HEADER_VOICES, options.voices ?? 32);
		this.setHeader(layout.HEADER_SAMPLE_RATE, 48_000);
		this.setHeader(layout.HEADER_OVERFLOW, options.overflow ?? layout.OVERFLOW_REPLACE_OLDEST);
		this.setHeader(layout.HEADER_FADE_FRAMES, options.fadeFrames ?? 240);
		this.setHeader(layout.HEADER_ENGINE_STATE, layout.ENGINE_RUNNING);
		this.#exports.initialize();
		this.#nextAddress = layout.PCM_HEAP;
		this.#nextHandle = 1;
	}

	setHeader(field: number, value: number): void {
		this.words[(layout.HEADER + field) / 4] = value;
	}

	setClock(low: number, high: number): void {
		this.#exports.setClock(low, high);
	}

	/** Writes a sample behind those placed before, or at an address of the caller's choice. */
	place(samples: Float32Array, channels: 1 | 2, address: number = this.#nextAddress): PlacedSample {
		this.floats.set(samples, address / 4);
		this.#reserve(address + samples.byteLength);
		return { handle: this.#nextHandle++, address, frames: samples.length / channels, channels, samples };
	}

	/** Writes a sample with the edges that it has when it goes round. */
	placeLoop(samples: Float32Array, channels: 1 | 2, seam: PlacedSeam): PlacedSample {
		const sample = this.place(samples, channels);
		const edgesAddress = sample.address + samples.byteLength + layout.GUARD_FRAMES * channels * 4;
		this.floats.set(seam.edges, edgesAddress / 4);
		this.#reserve(edgesAddress + seam.edges.byteLength);
		return { ...sample, seam };
	}

	#reserve(end: number): void {
		this.#nextAddress = Math.ceil(end / layout.PCM_ALIGNMENT) * layout.PCM_ALIGNMENT;
	}

	send(command: Command, ring = 0): void {
		const words = commandOf(command);
		if (command.atFrame === undefined) this.push(words, ring);
		else this.pushTimed(timedCommand(words, command.atFrame), ring);
	}

	/** Writes a command that has a frame of its own, as it is, and counts it. */
	pushTimed(command: readonly number[], ring = 0): void {
		const sent = (layout.RING_POSITIONS + ring * layout.RING_POSITIONS_BYTES + layout.RING_TIMED_SENT) / 4;
		this.words[sent] = (this.words[sent] ?? 0) + 1;
		this.push(command, ring);
	}

	/** Writes a command as it is, zeros behind it. */
	push(command: readonly number[], ring = 0): void {
		const positions = (layout.RING_POSITIONS + ring * layout.RING_POSITIONS_BYTES) / 4;
		const start = ring === 0 ? layout.CONTROL_RING : layout.PRODUCER_RINGS + (ring - 1) * layout.PRODUCER_RING_BYTES;
		const capacity = ring === 0 ? layout.CONTROL_RING_COMMANDS : layout.PRODUCER_RING_COMMANDS;
		const write = this.words[positions + layout.RING_WRITE / 4] ?? 0;
		const read = this.words[positions + layout.RING_READ / 4] ?? 0;
		if ((write - read) >>> 0 >= capacity) throw new Error(`ring ${ring} is full`);
		const place = (start + (write % capacity) * layout.COMMAND_BYTES) / 4;
		this.words.fill(0, place, place + layout.COMMAND_BYTES / 4);
		this.words.set(command, place);
		Atomics.store(this.words, positions + layout.RING_WRITE / 4, write + 1);
	}

	/** Moves an empty ring to a position. */
	setRingPosition(ring: number, position: number): void {
		const positions = (layout.RING_POSITIONS + ring * layout.RING_POSITIONS_BYTES) / 4;
		this.words[positions + layout.RING_READ / 4] = position;
		this.words[positions + layout.RING_WRITE / 4] = position;
	}

	/** Commands with a frame of their own that the kernel has not done with yet. */
	timedWaiting(ring: number): number {
		const positions = (layout.RING_POSITIONS + ring * layout.RING_POSITIONS_BYTES) / 4;
		const sent = this.words[positions + layout.RING_TIMED_SENT / 4] ?? 0;
		return (sent - (this.words[positions + layout.RING_TIMED_DONE / 4] ?? 0)) >>> 0;
	}

	/** Takes the commands that the kernel has written into the journal since the last call. */
	journal(): Uint32Array[] {
		const commands: Uint32Array[] = [];
		let read = this.words[layout.JOURNAL_READ / 4] ?? 0;
		for (; read !== this.words[layout.JOURNAL_WRITE / 4]; read = (read + 1) >>> 0) {
			const command = (layout.JOURNAL_RING + (read % layout.JOURNAL_ENTRIES) * layout.COMMAND_BYTES) / 4;
			commands.push(this.words.slice(command, command + layout.COMMAND_BYTES / 4));
		}
		Atomics.store(this.words, layout.JOURNAL_READ / 4, read);
		return commands;
	}

	/** Commands of a ring that the kernel has not read yet. */
	waiting(ring: number): number {
		const positions = (layout.RING_POSITIONS + ring * layout.RING_POSITIONS_BYTES) / 4;
		const write = this.words[positions + layout.RING_WRITE / 4] ?? 0;
		return (write - (this.words[positions + layout.RING_READ / 4] ?? 0)) >>> 0;
	}

	/** Renders one block. @returns whether the kernel wants to go on */
	renderBlock(frames: number): boolean {
		return this.#exports.renderBlock(frames) === 1;
	}

	/** Applies waiting commands without a frame. @returns how many were read */
	applyCommands(): number {
		return this.#exports.applyCommands();
	}

	/** Renders any number of frames in blocks of one length, interleaved. */
	render(frames: number, blockFrames = 128): Float32Array<ArrayBuffer> {
		const rendered = new Float32Array(frames * 2);
		for (let frame = 0; frame < frames; frame += blockFrames) {
			const count = Math.min(blockFrames, frames - frame);
			this.renderBlock(count);
			rendered.set(this.output(count), frame * 2);
		}
		return rendered;
	}

	/** The first frames of the newest block, interleaved. */
	output(frames: number): Float32Array<ArrayBuffer> {
		const left = layout.OUTPUT / 4;
		const right = (layout.OUTPUT + layout.OUTPUT_CHANNEL_BYTES) / 4;
		return interleave(this.floats.subarray(left, left + frames), this.floats.subarray(right, right + frames));
	}

	/** Takes the handles that the kernel has retired since the last call. */
	retired(): number[] {
		const handles: number[] = [];
		let read = this.words[layout.RETIREMENT_READ / 4] ?? 0;
		for (; read !== this.words[layout.RETIREMENT_WRITE / 4]; read = (read + 1) >>> 0) {
			handles.push(this.words[layout.RETIREMENT_RING / 4 + (read % layout.MAX_HANDLES)] ?? 0);
		}
		this.words[layout.RETIREMENT_READ / 4] = read;
		return handles;
	}

	status(field: number): number {
		return this.words[(layout.STATUS + field) / 4] ?? 0;
	}

	get peak(): number {
		return this.floats[(layout.STATUS + layout.STATUS_PEAK) / 4] ?? 0;
	}
}

/** Starts a slot's sample. */
export function play(slot: number, velocity = 1, isLooping = false): Command {
	return { type: "play", slot, velocity, isLooping };
}

/** A command as it is, whatever its type and its arguments. */
export function rawCommand(type: number, slot = 0, ...args: readonly number[]): number[] {
	return [type, slot, 0, 0, ...args];
}

/** The same command with a frame of its own. */
export function timedCommand(command: readonly number[], frame: number): number[] {
	const [type = 0, slot = 0, , , ...others] = command;
	return [type | message.AT_FRAME, slot, frame % 2 ** 32, Math.floor(frame / 2 ** 32), ...others];
}

function commandOf(command: Command): number[] {
	switch (command.type) {
		case "load": {
			const { handle, address, frames, channels, seam } = command.sample;
			const words = [message.LOAD_SAMPLE, command.slot, 0, 0, handle, address, frames, channels];
			return seam ? [...words, seam.edgeFrames, 0, ...doubleBits(seam.loopFrames)] : words;
		}
		case "play": {
			const flags = command.isLooping ? message.PLAY_LOOPING : 0;
			return [message.PLAY_SAMPLE, command.slot, 0, 0, ...doubleBits(command.velocity), flags];
		}
		case "stop":
			return [message.STOP_SAMPLE, command.slot];
		case "stopAll":
			return [message.STOP_ALL];
		case "unload":
			return [message.UNLOAD_SAMPLE, command.slot];
		case "gain":
			return [message.SET_MASTER_GAIN, 0, 0, 0, ...doubleBits(command.decibels)];
	}
}

const modules = new Map<KernelBuild, WebAssembly.Module>();

/** The bytes of a built kernel. */
export function kernelBytes(build: KernelBuild): Uint8Array<ArrayBuffer> {
	const file = build === "shared" ? "kernel.wasm" : "kernel-unshared.wasm";
	return new Uint8Array(readFileSync(new URL(`../dist/${file}`, import.meta.url)));
}

function kernelModule(build: KernelBuild): WebAssembly.Module {
	const module = modules.get(build) ?? new WebAssembly.Module(kernelBytes(build));
	modules.set(build, module);
	return module;
}
