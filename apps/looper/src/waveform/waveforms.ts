import type { SampleWaveform } from "flitzis-looper";
import { Listeners } from "../instrument/listeners.ts";
import type { LooperEngine } from "../instrument/looper-engine.ts";
import { Peaks } from "./peaks.ts";
import type { SampleFrames } from "./wave-columns.ts";

/** Frames that are read beyond a wanted span, as a share of it, so that scrolling a little needs no other reading. */
const marginShare = 0.5;

/** Frames of a pad's sample. */
interface FrameSpan {
	readonly pad: number;
	readonly firstFrame: number;
	readonly frames: number;
}

/** Frames that have been read, and the sample that they are of. */
interface ReadFrames extends SampleFrames {
	readonly waveform: SampleWaveform;
}

/** The waveforms of what the pads hold, and some of their samples: those that were last wanted. */
export class Waveforms {
	/** The numbers of pads whose wanted samples have come. */
	readonly changes: Listeners<number> = new Listeners();
	readonly #engine: Pick<LooperEngine, "pad" | "sampleInfo">;
	readonly #peaks = new WeakMap<SampleWaveform, Peaks>();
	#read: ReadFrames | null = null;
	#isReading = false;
	/** What is wanted while something else is being read. */
	#next: FrameSpan | null = null;

	constructor(engine: Pick<LooperEngine, "pad" | "sampleInfo">) {
		this.#engine = engine;
	}

	/** The pad's waveform, the same object as long as it holds that sample; null for an empty pad. */
	of(pad: number): Peaks | null {
		const waveform = this.#engine.pad(pad).waveform();
		if (waveform === null) return null;
		const known = this.#peaks.get(waveform);
		if (known !== undefined) return known;
		const peaks = new Peaks(this.#engine.sampleInfo(pad)?.frames ?? 0, waveform);
		this.#peaks.set(waveform, peaks);
		return peaks;
	}

	/** The samples of those frames, among others; null while they are being read, after which it is told. */
	samplesAt(pad: number, firstFrame: number, frames: number): SampleFrames | null {
		const held = this.#held({ pad, firstFrame, frames });
		if (held === null && this.of(pad) !== null) this.#want({ pad, firstFrame, frames });
		return held;
	}

	/** Reads frames of the pad's sample, with others if they have been read; null where that fails, or the pad is empty. */
	async read(pad: number, firstFrame: number, frames: number): Promise<SampleFrames | null> {
		return this.#held({ pad, firstFrame, frames }) ?? (await this.#readFrames({ pad, firstFrame, frames }));
	}

	/** What has been read, if those frames are among it. */
	#held({ pad, firstFrame, frames }: FrameSpan): SampleFrames | null {
		const read = this.#read;
		if (read === null || read.waveform !== this.#engine.pad(pad).waveform()) return null;
		const end = Math.min(firstFrame + frames, this.of(pad)?.frames ?? 0);
		return read.firstFrame <= firstFrame && end <= endOf(read) ? read : null;
	}

	#want(span: FrameSpan): void {
		this.#next = span;
		if (!this.#isReading) void this.#readWanted();
	}

	async #readWanted(): Promise<void> {
		this.#isReading = true;
		for (let span = this.#next; span !== null; span = this.#next) {
			this.#next = null;
			const margin = Math.ceil(span.frames * marginShare);
			const firstFrame = Math.max(0, span.firstFrame - margin);
			const frames = span.firstFrame - firstFrame + span.frames + margin;
			const read = await this.#readFrames({ pad: span.pad, firstFrame, frames });
			// A waveform is a picture: without it the pad still plays.
			if (read === null) continue;
			this.#read = read;
			this.changes.notify(span.pad);
		}
		this.#isReading = false;
	}

	async #readFrames({ pad, firstFrame, frames }: FrameSpan): Promise<ReadFrames | null> {
		const engine = this.#engine.pad(pad);
		const waveform = engine.waveform();
		if (waveform === null) return null;
		try {
			return { waveform, firstFrame, channels: await engine.readFrames(firstFrame, frames) };
		} catch {
			return null;
		}
	}
}

function endOf({ firstFrame, channels }: SampleFrames): number {
	return firstFrame + (channels[0]?.length ?? 0);
}
