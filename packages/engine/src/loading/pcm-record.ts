import { PcmChecksum } from "./pcm-checksum.ts";
import { WaveformBuilder } from "./waveform-builder.ts";

/** What is noted of a sample's PCM while it is written. Thread: loader. */
export class PcmRecord {
	readonly checksum: PcmChecksum = new PcmChecksum();
	readonly waveform: WaveformBuilder;
	/** The highest absolute sample. */
	peak = 0;

	constructor(channels: number) {
		this.waveform = new WaveformBuilder(channels);
	}
}
