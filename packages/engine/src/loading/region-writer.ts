import { regionBytes } from "../memory/region-bytes.ts";
import type { SampleWaveform } from "../protocol/sample-waveform.ts";
import { seamFrames } from "../protocol/seam.ts";
import { GUARD_FRAMES } from "../protocol/shared-memory.ts";
import type { SampleCleaner } from "./pcm-cleaner.ts";
import { PcmRecord } from "./pcm-record.ts";
import type { PcmTarget } from "./pcm-target.ts";

/** Where the writer gets memory; each call may wait for the control thread. */
export interface RegionSource {
	/**
	 * @param extending - a region to make longer where it lies, null for a new one
	 * @returns the region's first byte; another than `extending` when there was no room behind it.
	 * @throws LooperError `out-of-memory`.
	 */
	reserve(bytes: number, extending: number | null): Promise<number>;
	release(address: number): void;
}

/** What a sample's region holds. */
export interface RegionForm {
	readonly channels: number;
	/** Of the edges behind the frames; 0 when it has none. */
	readonly edgeFrames: number;
}

const SAMPLE_BYTES = 4;
const NO_EDGES = new Float32Array(0);
/** How much longer a region gets when a file is longer than its header said. */
const GROWTH = 1.5;

/**
 * Writes one sample's PCM into a region allocated for it: guard frames, cleaned frames, guard frames, cleaned edges.
 *
 * Thread: loader.
 */
export class RegionWriter {
	readonly #target: PcmTarget;
	readonly #regions: RegionSource;
	readonly #cleaner: SampleCleaner;
	readonly #channels: number;
	readonly #edgeFrames: number;
	readonly #record: PcmRecord;
	#address = 0;
	/** Frames that fit between the guards. */
	#capacity = 0;
	#frames = 0;

	constructor(target: PcmTarget, regions: RegionSource, cleaner: SampleCleaner, { channels, edgeFrames }: RegionForm) {
		this.#target = target;
		this.#regions = regions;
		this.#cleaner = cleaner;
		this.#channels = channels;
		this.#edgeFrames = edgeFrames;
		this.#record = new PcmRecord(channels);
	}

	get address(): number {
		return this.#address;
	}

	get frames(): number {
		return this.#frames;
	}

	/** Highest absolute sample written. */
	get peak(): number {
		return this.#record.peak;
	}

	/** Names the frames written, in 16 hexadecimal digits. */
	get pcmChecksum(): string {
		return this.#record.checksum.digest();
	}

	/** Of the frames written. */
	get waveform(): SampleWaveform {
		return this.#record.waveform.build();
	}

	/**
	 * Makes room for so many frames in all: reserves the region at first, later extends it, or moves what is written to a
	 * longer one.
	 *
	 * @throws LooperError `out-of-memory` or `cancelled`.
	 */
	async ensure(frames: number): Promise<void> {
		const room = this.#target.room();
		if (room !== null) await room;
		if (frames <= this.#capacity) return;
		if (this.#address === 0) await this.#open(frames);
		else await this.#extend(frames);
	}

	async #open(frames: number): Promise<void> {
		this.#address = await this.#regions.reserve(this.#bytes(frames), null);
		this.#capacity = frames;
		this.#claim(-GUARD_FRAMES, GUARD_FRAMES).fill(0);
	}

	async #extend(frames: number): Promise<void> {
		const old = this.#address;
		const generous = Math.max(frames, Math.ceil(this.#capacity * GROWTH));
		// The generous request may be refused where the needed one is not.
		const [capacity, address] = await this.#regions.reserve(this.#bytes(generous), old).then(
			(granted) => [generous, granted] as const,
			async () => [frames, await this.#regions.reserve(this.#bytes(frames), old)] as const,
		);
		this.#address = address;
		this.#capacity = capacity;
		if (address === old) return;
		await this.#target.move(old, address, (GUARD_FRAMES + this.#frames) * this.#channels * SAMPLE_BYTES);
		this.#regions.release(old);
	}

	/**
	 * Appends interleaved samples, for which `ensure` has made room.
	 *
	 * @param cleaner - instead of the writer's own, for samples in that cleaner's memory
	 */
	append(samples: Float32Array, cleaner: SampleCleaner = this.#cleaner): void {
		const frames = samples.length / this.#channels;
		if (this.#frames + frames > this.#capacity) {
			throw new Error(`${this.#frames + frames} frames do not fit a region for ${this.#capacity}`);
		}
		cleaner.clean(samples, this.#claim(this.#frames, frames), this.#record);
		this.#frames += frames;
	}

	/**
	 * Completes the region; settles when all of it is written.
	 *
	 * @param edges - `seamFrames` frames, interleaved
	 * @throws LooperError `cancelled`.
	 */
	close(edges: Float32Array = NO_EDGES): Promise<void> {
		const frames = seamFrames(this.#frames, this.#edgeFrames);
		if (edges.length !== frames * this.#channels) {
			throw new Error(`${edges.length} samples are not the edges of ${this.#frames} frames`);
		}
		this.#claim(this.#frames, GUARD_FRAMES).fill(0);
		// The record leaves them out: they follow from the frames.
		if (frames > 0) {
			const target = this.#claim(this.#frames + GUARD_FRAMES, frames);
			this.#cleaner.clean(edges, target, new PcmRecord(this.#channels));
		}
		return this.#target.complete();
	}

	#bytes(frames: number): number {
		return regionBytes({ frames, channels: this.#channels, edgeFrames: this.#edgeFrames });
	}

	#claim(fromFrame: number, frames: number): Float32Array {
		const firstFrame = this.#address + GUARD_FRAMES * this.#channels * SAMPLE_BYTES;
		const byteOffset = firstFrame + fromFrame * this.#channels * SAMPLE_BYTES;
		return this.#target.claim(byteOffset, frames * this.#channels);
	}
}
