import type { Publisher } from "../loading/loader.ts";
import type { ContentIndex, ContentKeys } from "../memory/content-index.ts";
import { regionBytes } from "../memory/region-bytes.ts";
import type { SampleMemory } from "../memory/sample-memory.ts";
import { MAX_NAME_LENGTH, type PerformanceSample } from "../performance/performance.ts";
import type { SampleInfo } from "../protocol/engine-types.ts";
import type { LoadedSample } from "../protocol/loader-messages.ts";
import type { LoopSeam } from "../protocol/loop-seam.ts";
import type { SampleWaveform } from "../protocol/sample-waveform.ts";
import { GUARD_FRAMES } from "../protocol/shared-memory.ts";
import { CommandWriter, type PlacedSample } from "../rings/command-writer.ts";
import type { ControlPort } from "./control-port.ts";

const SAMPLE_BYTES = 4;

/** What a slot's next trigger will play. */
export interface PublishedSample {
	readonly command: PlacedSample;
	readonly info: SampleInfo;
	readonly waveform: SampleWaveform;
}

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
	readonly #slots: Map<number, PublishedSample> = new Map();

	constructor(memory: SampleMemory, contents: ContentIndex, port: ControlPort, sampleRate: number) {
		this.#memory = memory;
		this.#contents = contents;
		this.#port = port;
		this.#sampleRate = sampleRate;
	}

	/** @returns null for an empty slot. */
	published(slot: number): PublishedSample | null {
		return this.#slots.get(slot) ?? null;
	}

	/** @returns what was last published under a handle, undefined when nothing was. */
	sampleOf(handle: number): PerformanceSample | undefined {
		return this.#handles.get(handle);
	}

	publish(slot: number, sourceName: string, sample: LoadedSample): SampleInfo | null {
		if (!this.#port.canSend) return null;
		const { regionAddress, frames, channels, peak, waveform, warnings, identity, recorded } = sample;
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
		const durationSec = frames / this.#sampleRate;
		const info = { frames, channels, durationSec, peak, warnings, source: { name: sourceName, ...recorded } };
		this.#slots.set(slot, { command, info, waveform });
		return info;
	}

	/**
	 * Puts what one slot holds into another, too.
	 *
	 * @returns false, with nothing changed, when the slot is empty or the control ring is full.
	 * @throws LooperError `out-of-memory` when every handle is in use.
	 */
	copy(from: number, to: number): boolean {
		const published = this.#slots.get(from);
		const performed = published && this.#handles.get(published.command.handle);
		if (published === undefined || performed === undefined) return false;
		const { command } = published;
		const handle = this.#memory.publish(command.address - GUARD_FRAMES * command.channels * SAMPLE_BYTES);
		this.#handles.set(handle, performed);
		const copied = { ...command, handle };
		if (!this.#writer.loadSample(to, copied)) {
			this.#memory.retire(handle);
			return false;
		}
		this.#slots.set(to, { ...published, command: copied });
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
		this.#slots.delete(slot);
		return true;
	}
}
