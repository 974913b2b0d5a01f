import { FakeEngine } from "./fake-engine.ts";
import { Instrument } from "./instrument.ts";
import type { Notice } from "./notices.ts";
import type { PadSource } from "./pad-state.ts";

/** An instrument on a fake engine, as tests use it. */
export class InstrumentHarness {
	readonly engine: FakeEngine = new FakeEngine();
	readonly instrument: Instrument = new Instrument(this.engine);
	/** Everything the performer was told. */
	readonly notices: Notice[] = [];

	constructor() {
		this.instrument.notices.added.add((notice) => this.notices.push(notice));
	}

	/** @returns a harness whose engine runs */
	static async running(): Promise<InstrumentHarness> {
		const harness = new InstrumentHarness();
		await harness.instrument.sound.start();
		return harness;
	}

	poll(): void {
		this.instrument.poller.poll();
	}

	/** Loads a sound onto the pad, to the end. */
	put(pad: number, wanted: PadSource): void {
		this.instrument.pads.load(pad, wanted);
		this.engine.finishLoad(pad);
		this.poll();
	}
}
