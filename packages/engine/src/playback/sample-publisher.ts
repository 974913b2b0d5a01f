import type { Publisher } from "../loading/loader.ts";
import type { ContentIndex, ContentKeys } from "../memory/content-index.ts";
import { regionBytes } from "../memory/region-bytes.ts";
import type { SampleMemory } from "../memory/sample-memory.ts";
import { MAX_NAME_LENGTH, type PerformanceSample } from "../performance/performance.ts";
import type { SampleInfo } from "../protocol/engine-types.ts";
import type { LoadedSample } from "../protocol/loader-messages.ts";
import type { LoopSeam } from "../protocol/loop-seam.ts";
import { GUARD_FRAMES } from "../protocol/shared-memory.ts";
import { CommandWriter, type PlacedSample } from "../rings/command-writer.ts";
import type { ControlPort } from "./control-port.ts";

const SAMPLE_BYTES = 4;

/** How the sample goes round; null when its frames are the loop themselves. */
function seamOf({ edgeFrames, recorded }: LoadedSample, sampleRate: number): LoopSeam | null {
	if (edgeFrames === 0) return null;
	// No sample has less than one frame, which is the nearest to half a frame and more.
	return { edgeFrames, loopFrames: Math.max((recorded.frames * sampleRate) / recorded.sampleRate, 0.5) };
}

/** A source's name without the bytes that some names carry. */
function shortName(sourceName: string): string {
	return (sourceName.startsWith("data:") ? "data:" : sourceName).slice(0, MAX_NAME_LENGTH);
}

/** Puts complete samples into slots and knows what each slot's next trigger will play. Thread: control. */
export class SamplePublisher implements Publisher {
	readonly #memory: SampleMemory;
	readonly #contents: ContentIndex;
	readonly #port: ControlPort;
	readonly #writer: CommandWriter = new CommandWriter((words) => this.#port.send(words));
	readonly #sampleRate: number;
	readonly #handles: Map<number, PerformanceSample> = new Map();
	readonly #commands: Map<number, PlacedSample> = new Map();
	readonly #infos: Map<number, SampleInfo> = new Map();

	constructor(memory: SampleMemory, contents: ContentIndex, port: ControlPort, sampleRate: number) {
		this.#memory = memory;
		this.#contents = contents;
		this.#port = port;
		this.#sampleRate = sampleRate;
	}

	/** @returns what the slot's next trigger will play, null when it is empty. */
	info(slot: number): SampleInfo | null {
		return this.#infos.get(slot) ?? null;
	}

	/** @returns where the slot's newest sample lies, undefined when it is empty. */
	commandOf(slot: number): PlacedSample | undefined {
		return this.#commands.get(slot);
	}

	/** @returns what was last published under a handle, undefined when nothing was. */
	sampleOf(handle: number): PerformanceSample | undefined {
		return this.#handles.get(handle);
	}

	publish(slot: number, sourceName: string, sample: LoadedSample): SampleInfo | null {
		if (!this.#port.canSend) return null;
		const { regionAddress, frames, channels, peak, warnings, identity, recorded } = sample;
		const handle = this.#memory.publish(regionAddress);
		const name = shortName(sourceName);
		this.#handles.set(handle, { name, ...identity, format: recorded.format, frames, channels });
		const address = regionAddress + GUARD_FRAMES * channels * SAMPLE_BYTES;
		const ratio = this.#sampleRate / recorded.sampleRate;
		const command = { handle, address, frames, channels, ratio, seam: seamOf(sample, this.#sampleRate) };
		if (!this.#writer.loadSample(slot, command)) {
			this.#memory.retire(handle);
			return null;
		}
		this.#commands.set(slot, command);
		const durationSec = frames / this.#sampleRate;
		const info = { frames, channels, durationSec, peak, warnings, source: { name: sourceName, ...recorded } };
		this.#infos.set(slot, info);
		return info;
	}

	/**
	 * Puts what one slot holds into another, too.
	 *
	 * @returns false, with nothing changed, when the slot is empty or the control ring is full.
	 * @throws LooperError `out-of-memory` when every handle is in use.
	 */
	copy(from: number, to: number): boolean {
		const command = this.#commands.get(from);
		const info = this.#infos.get(from);
		const performed = command && this.#handles.get(command.handle);
		if (command === undefined || info === undefined || performed === undefined) return false;
		const handle = this.#memory.publish(command.address - GUARD_FRAMES * command.channels * SAMPLE_BYTES);
		this.#handles.set(handle, performed);
		const copied = { ...command, handle };
		if (!this.#writer.loadSample(to, copied)) {
			this.#memory.retire(handle);
			return false;
		}
		this.#commands.set(to, copied);
		this.#infos.set(to, info);
		return true;
	}

	retain(sample: LoadedSample, content: ContentKeys): void {
		this.#memory.retain(sample.regionAddress);
		this.#memory.shrink(sample.regionAddress, regionBytes(sample));
		this.#contents.add(content, sample);
	}

	hasFingerprint(fingerprintKey: string): boolean {
		return this.#contents.hasFingerprint(fingerprintKey);
	}

	share(contentKey: string): LoadedSample | null {
		const sample = this.#contents.find(contentKey);
		if (sample === undefined) return null;
		this.#memory.retain(sample.regionAddress);
		return sample;
	}

	release(sample: LoadedSample): void {
		this.#memory.release(sample.regionAddress);
	}

	/** Empties the slot. @returns false when the control ring is full; nothing has changed then. */
	unload(slot: number): boolean {
		if (!this.#writer.unloadSample(slot)) return false;
		this.#infos.delete(slot);
		this.#commands.delete(slot);
		return true;
	}
}
