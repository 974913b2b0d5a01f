import { readFileSync } from "node:fs";
import * as command from "../../engine/src/protocol/commands.ts";
import type { LoopSeam } from "../../engine/src/protocol/loop-seam.ts";
import { MASTER_GAIN, PAD_GAIN } from "../../engine/src/protocol/parameters.ts";
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

/** One command; with a frame or a quantum it takes effect there, else at the start of the next block. */
export type Command = { readonly atFrame?: number; readonly atLine?: number } & (
	| { readonly type: "load"; readonly slot: number; readonly sample: PlacedSample; readonly ratio?: number }
	| { readonly type: "play"; readonly slot: number; readonly velocity: number; readonly isLooping: boolean }
	| { readonly type: "stop"; readonly slot: number }
	| { readonly type: "stopAll" }
	| { readonly type: "unload"; readonly slot: number }
	/** Of the slot's strip, or of the master. */
	| { readonly type: "gain"; readonly slot?: number; readonly decibels: number }
	| { readonly type: "set"; readonly slot: number; readonly parameter: number; readonly value: number }
	| { readonly type: "press"; readonly slot: number; readonly velocity: number }
	| { readonly type: "release"; readonly slot: number }
	| { readonly type: "stopPad"; readonly slot: number }
	| { readonly type: "cancelQueued"; readonly slot: number }
	| { readonly type: "transportStart" }
	| { readonly type: "transportStop" }
	| { readonly type: "transportMove"; readonly beat: number }
	| { readonly type: "transportNudge"; readonly beats: number }
);

/** What the header says; the rest of it does not concern the kernel. */
export interface KernelOptions {
	readonly slots?: number;
	readonly voices?: number;
	readonly overflow?: number;
	readonly fadeFrames?: number;
	readonly sampleRate?: number;
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
		this.setHeader(layout.HEADER_SAMPLE_RATE, options.sampleRate ?? 48_000);
		this.setHeader(layout.HEADER_OVERFLOW, options.overflow ?? layout.OVERFLOW_REPLACE_OLDEST);
		this.setHeader(layout.HEADER_FADE_FRAMES, options.fadeFrames ?? 240);
		this.setHeader(layout.HEADER_ENGINE_STATE, layout.ENGINE_RUNNING);
		this.#exports.initialize();
		this.#nextAddress = layout.PCM_HEAP;
		this.#nextHandle = 1;
	}

	/** Starts again with the header as it is. */
	initialize(): void {
		this.#exports.initialize();
	}

	setHeader(field: number, value: number): void {
		this.words[(layout.HEADER + field) / 4] = value;
	}

	setClock(low: number, high: number): void {
		this.#exports.setClock(low, high);
	}

	/** Writes a sample and its guard frames behind those placed before, or at an address of the caller's choice. */
	place(
		samples: Float32Array,
		channels: 1 | 2,
		address: number = this.#nextAddress + guardBytes(channels),
	): PlacedSample {
		const end = address + samples.byteLength + guardBytes(channels);
		this.floats.fill(0, (address - guardBytes(channels)) / 4, end / 4);
		this.floats.set(samples, address / 4);
		this.#reserve(end);
		return { handle: this.#nextHandle++, address, frames: samples.length / channels, channels, samples };
	}

	/** Writes a sample with the edges that it has when it goes round. */
	placeLoop(samples: Float32Array, channels: 1 | 2, seam: PlacedSeam): PlacedSample {
		const sample = this.place(samples, channels);
		const edgesAddress = sample.address + samples.byteLength + guardBytes(channels);
		this.floats.set(seam.edges, edgesAddress / 4);
		this.#reserve(edgesAddress + seam.edges.byteLength);
		return { ...sample, seam };
	}

	#reserve(end: number): void {
		this.#nextAddress = Math.ceil(end / layout.PCM_ALIGNMENT) * layout.PCM_ALIGNMENT;
	}

	send(sent: Command, ring = 0): void {
		const words = commandOf(sent);
		if (sent.atFrame !== undefined) this.pushTimed(timedCommand(words, sent.atFrame), ring);
		else if (sent.atLine !== undefined) this.pushTimed(lineCommand(words, sent.atLine), ring);
		else this.push(words, ring);
	}

	/** Writes a command that has a frame of its own, as it is, and counts it. */
	pushTimed(words: readonly number[], ring = 0): void {
		const sent = (layout.RING_POSITIONS + ring * layout.RING_POSITIONS_BYTES + layout.RING_TIMED_SENT) / 4;
		this.words[sent] = (this.words[sent] ?? 0) + 1;
		this.push(words, ring);
	}

	/** Writes a command as it is, zeros behind it. */
	push(words: readonly number[], ring = 0): void {
		const positions = (layout.RING_POSITIONS + ring * layout.RING_POSITIONS_BYTES) / 4;
		const start = ring === 0 ? layout.CONTROL_RING : layout.PRODUCER_RINGS + (ring - 1) * layout.PRODUCER_RING_BYTES;
		const capacity = ring === 0 ? layout.CONTROL_RING_COMMANDS : layout.PRODUCER_RING_COMMANDS;
		const write = this.words[positions + layout.RING_WRITE / 4] ?? 0;
		const read = this.words[positions + layout.RING_READ / 4] ?? 0;
		if ((write - read) >>> 0 >= capacity) throw new Error(`ring ${ring} is full`);
		const place = (start + (write % capacity) * layout.COMMAND_BYTES) / 4;
		this.words.fill(0, place, place + layout.COMMAND_BYTES / 4);
		this.words.set(words, place);
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
			const entry = (layout.JOURNAL_RING + (read % layout.JOURNAL_ENTRIES) * layout.COMMAND_BYTES) / 4;
			commands.push(this.words.slice(entry, entry + layout.COMMAND_BYTES / 4));
		}
		Atomics.store(this.words, layout.JOURNAL_READ / 4, read);
		return commands;
	}

	/** Takes the events that the kernel has written since the last call. */
	events(): Uint32Array[] {
		const events: Uint32Array[] = [];
		let read = this.words[layout.EVENT_READ / 4] ?? 0;
		for (; read !== this.words[layout.EVENT_WRITE / 4]; read = (read + 1) >>> 0) {
			const event = (layout.EVENT_RING + (read % layout.EVENTS) * layout.EVENT_BYTES) / 4;
			events.push(this.words.slice(event, event + layout.EVENT_BYTES / 4));
		}
		Atomics.store(this.words, layout.EVENT_READ / 4, read);
		return events;
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
		return this.renderBoth(frames, blockFrames).master;
	}

	/** The same, and the cue bus. */
	renderBoth(frames: number, blockFrames = 128): Record<"master" | "cue", Float32Array<ArrayBuffer>> {
		const rendered = { master: new Float32Array(frames * 2), cue: new Float32Array(frames * 2) };
		for (let frame = 0; frame < frames; frame += blockFrames) {
			const count = Math.min(blockFrames, frames - frame);
			this.renderBlock(count);
			rendered.master.set(this.output(count), frame * 2);
			rendered.cue.set(this.output(count, layout.OUTPUT_CUE), frame * 2);
		}
		return rendered;
	}

	/** The first frames of the newest block, interleaved; of the master unless another address is given. */
	output(frames: number, address: number = layout.OUTPUT): Float32Array<ArrayBuffer> {
		const left = address / 4;
		const right = (address + layout.OUTPUT_CHANNEL_BYTES) / 4;
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

	/** A field of a pad's entry in the status block. */
	padStatus(slot: number, field: number): number {
		return this.status(layout.STATUS_PADS + slot * layout.STATUS_PAD_BYTES + field);
	}

	/** The frame that the newest of a pad's voices plays next. */
	playhead(slot: number): number {
		return this.statusDouble(layout.STATUS_PADS + slot * layout.STATUS_PAD_BYTES + layout.PAD_PLAYHEAD);
	}

	/** The line that a pad waits for, NaN when it waits for none. */
	queuedBeat(slot: number): number {
		return this.statusDouble(layout.STATUS_PADS + slot * layout.STATUS_PAD_BYTES + layout.PAD_QUEUED_BEAT);
	}

	/** An f64 of the status block. */
	statusDouble(field: number): number {
		return new DataView(this.memory.buffer).getFloat64(layout.STATUS + field, true);
	}

	/** A level of a pad's entry. */
	padLevel(slot: number, field: number): number {
		return this.floats[(layout.STATUS + layout.STATUS_PADS + slot * layout.STATUS_PAD_BYTES + field) / 4] ?? 0;
	}

	get rms(): number {
		return this.floats[(layout.STATUS + layout.STATUS_RMS) / 4] ?? 0;
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

/** A load: its handle, address, frames and channels, then how the sample goes round and where it comes from. */
export function loadCommand(
	slot: number,
	sample: readonly number[],
	{ edgeFrames = 0, loopFrames = 0, ratio = 1 }: { edgeFrames?: number; loopFrames?: number; ratio?: number } = {},
): number[] {
	const [handle = 0, address = 0, frames = 0, channels = 0] = sample;
	const lengths = [edgeFrames, 0, ...doubleBits(loopFrames), ...doubleBits(ratio)];
	return rawCommand(command.LOAD_SAMPLE, slot, handle, address, frames, channels, ...lengths);
}

/** The address of the first sample of so many channels in the heap. */
export function firstAddress(channels: number): number {
	return layout.PCM_HEAP + guardBytes(channels);
}

function guardBytes(channels: number): number {
	return layout.GUARD_FRAMES * channels * 4;
}

/** The same command with a frame of its own. */
export function timedCommand(words: readonly number[], frame: number): number[] {
	const [type = 0, slot = 0, , , ...others] = words;
	return [type | command.AT_FRAME, slot, frame % 2 ** 32, Math.floor(frame / 2 ** 32), ...others];
}

/** The same command for the next line of a quantum. */
export function lineCommand(words: readonly number[], quantum: number): number[] {
	const [type = 0, slot = 0, , , ...others] = words;
	return [type | command.AT_LINE, slot, ...doubleBits(quantum), ...others];
}

function commandOf(sent: Command): number[] {
	switch (sent.type) {
		case "load": {
			const { handle, address, frames, channels, seam } = sent.sample;
			return loadCommand(sent.slot, [handle, address, frames, channels], { ...seam, ratio: sent.ratio ?? 1 });
		}
		case "play": {
			const flags = sent.isLooping ? command.PLAY_LOOPING : 0;
			return rawCommand(command.PLAY_SAMPLE, sent.slot, ...doubleBits(sent.velocity), flags);
		}
		case "stop":
			return rawCommand(command.STOP_SAMPLE, sent.slot);
		case "stopAll":
			return rawCommand(command.STOP_ALL);
		case "unload":
			return rawCommand(command.UNLOAD_SAMPLE, sent.slot);
		case "gain":
			return setting(sent.slot ?? 0, sent.slot === undefined ? MASTER_GAIN : PAD_GAIN, sent.decibels);
		case "set":
			return setting(sent.slot, sent.parameter, sent.value);
		case "press":
			return rawCommand(command.PRESS, sent.slot, ...doubleBits(sent.velocity));
		case "release":
			return rawCommand(command.RELEASE, sent.slot);
		case "stopPad":
			return rawCommand(command.STOP_PAD, sent.slot);
		case "cancelQueued":
			return rawCommand(command.CANCEL_QUEUED, sent.slot);
		case "transportStart":
			return rawCommand(command.START_TRANSPORT);
		case "transportStop":
			return rawCommand(command.STOP_TRANSPORT);
		case "transportMove":
			return rawCommand(command.MOVE_TRANSPORT, 0, ...doubleBits(sent.beat));
		case "transportNudge":
			return rawCommand(command.NUDGE_TRANSPORT, 0, ...doubleBits(sent.beats));
	}
}

function setting(slot: number, parameter: number, value: number): number[] {
	return rawCommand(command.SET_PARAMETER, slot, parameter, 0, ...doubleBits(value));
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
