import type { AudioEngine } from "flitzis-looper";
import type { Instrument } from "../instrument/instrument.ts";
import { makeBlob } from "./make-blob.browser.ts";
import { privateTakes } from "./private-takes.browser.ts";
import { RecordControls } from "./record-controls.browser.ts";
import { Recorder } from "./recorder.ts";
import { Takes } from "./takes.ts";

/** Gives an instrument its recording: what runs, the takes of earlier visits, and the controls in the transport bar. */
export async function openRecording(engine: AudioEngine, instrument: Instrument): Promise<void> {
	const { notices, performance } = instrument;
	const takes = new Takes({ storage: privateTakes, makeBlob, now: () => Date.now() }, notices);
	const recorder = new Recorder(engine, { performance, notices, takes });
	instrument.recording = { recorder, takes, output: engine.output };
	customElements.define("record-controls", RecordControls);
	await takes.start();
}
