import type { Activity } from "flitzis-looper";
import { expect, test } from "vitest";
import { InstrumentHarness } from "../instrument/instrument-harness.ts";
import type { PadSource } from "../instrument/pad-state.ts";
import { FakeMidi } from "../midi/fake-midi.ts";
import { Mapping } from "./mapping.ts";
import { defaultMapping, type MappingDocument, withClockOutput, withLights } from "./mapping-document.ts";
import { formatMapping } from "./mapping-file.ts";

const kick: PadSource = { source: "kick.wav", title: "Kick", isDemo: false, color: null };

/** A mapping that plays the first pads with a device's notes from 36 on. */
function playedBy(device: string): MappingDocument {
	const bindings = [0, 1, 2, 3].map((place) => ({
		control: { type: "note", device, channel: 10, note: 36 + place } as const,
		target: { type: "press", pad: { kind: "place", place } } as const,
	}));
	return { ...defaultMapping, bindings };
}

/** An instrument with sounds on two pads, its mapping, and fake MIDI. */
class Stage {
	readonly harness: InstrumentHarness;
	readonly midi = new FakeMidi();
	readonly mapping: Mapping;
	/** What the next poll reads. */
	readonly activity: Activity;
	timeMs = 1000;

	private constructor(harness: InstrumentHarness, kept: MappingDocument) {
		this.harness = harness;
		let activity: Activity | undefined;
		harness.instrument.poller.readings.add((reading) => {
			activity = reading.activity;
		});
		harness.poll();
		this.activity = activity!;
		this.mapping = new Mapping(harness.instrument, {
			storage: { read: () => formatMapping(kept), write: () => true },
			midi: { isGranted: () => Promise.resolve(true), request: () => Promise.resolve(this.midi) },
			now: () => this.timeMs,
		});
	}

	static async with(kept: MappingDocument): Promise<Stage> {
		const harness = await InstrumentHarness.running();
		for (const pad of [0, 1]) harness.put(pad, kick);
		const stage = new Stage(harness, kept);
		await stage.mapping.open();
		return stage;
	}

	poll(milliseconds = 16): void {
		this.timeMs += milliseconds;
		this.harness.poll();
	}
}

test("a note reaches the engine's press within the call that delivers it", async () => {
	const stage = await Stage.with(playedBy("Pads"));
	const port = stage.midi.plug("Pads");
	port.deliver([0x99, 36, 127]);
	expect(stage.harness.engine.calls).toEqual(["press 0 at 1"]);
});

test("a device that is pulled out lets its pads go, and plays again when it is back", async () => {
	const stage = await Stage.with(playedBy("Pads"));
	const port = stage.midi.plug("Pads");
	port.deliver([0x99, 36, 127]);
	stage.midi.unplug(port);
	stage.midi.replug(port);
	port.deliver([0x99, 37, 127]);
	expect(stage.harness.engine.calls).toEqual(["press 0 at 1", "release 0", "press 1 at 1"]);
});

test("a note that is learned does not play, and the next one does", async () => {
	const stage = await Stage.with(playedBy("Pads"));
	const port = stage.midi.plug("Pads");
	stage.mapping.learning.begin();
	stage.mapping.learning.choose({ type: "press", pad: { kind: "place", place: 1 } });
	port.deliver([0x99, 36, 127]);
	expect(stage.harness.engine.calls).toEqual([]);
	port.deliver([0x99, 36, 127]);
	expect(stage.harness.engine.calls).toEqual(["press 1 at 1"]);
});

test("lights show what pads do, and only changes are sent", async () => {
	const stage = await Stage.with(withLights(playedBy("Pads"), "Pads", "apc-mini"));
	const port = stage.midi.plug("Pads");
	stage.poll();
	const shown = (): readonly (readonly number[])[] => port.sent.splice(0).map(({ data }) => data);
	expect(shown()).toEqual([
		[0x90, 36, 5],
		[0x90, 37, 5],
		[0x90, 38, 0],
		[0x90, 39, 0],
	]);
	stage.poll();
	expect(shown()).toEqual([]);
	stage.activity.padState[0] = 2;
	stage.poll();
	stage.activity.padState[0] = 1;
	stage.poll();
	stage.activity.queuedBeat[0] = 4;
	stage.poll();
	stage.activity.padState[0] = 0;
	stage.poll();
	expect(shown()).toEqual([
		[0x90, 36, 2],
		[0x90, 36, 1],
		[0x90, 36, 2],
		[0x90, 36, 5],
	]);
});

test("a plain controller blinks with the beat while a pad is queued", async () => {
	const stage = await Stage.with(withLights(playedBy("Pads"), "Pads", "plain"));
	const port = stage.midi.plug("Pads");
	stage.activity.padState[0] = 2;
	stage.poll();
	port.sent.length = 0;
	for (const beat of [0.1, 0.4, 0.5, 0.9, 1]) {
		stage.activity.beat = beat;
		stage.poll();
	}
	expect(port.sent.map(({ data }) => data)).toEqual([
		[0x99, 36, 0],
		[0x99, 36, 127],
	]);
});

test("lights are sent again to a device that comes back, and go out with the page and with their profile", async () => {
	const stage = await Stage.with(withLights(playedBy("Pads"), "Pads", "apc-mini"));
	const port = stage.midi.plug("Pads");
	stage.poll();
	stage.midi.unplug(port);
	stage.midi.replug(port);
	port.sent.length = 0;
	stage.poll();
	expect(port.sent).toHaveLength(4);
	port.sent.length = 0;
	stage.mapping.store.replace(playedBy("Pads"));
	stage.poll();
	expect(port.sent.map(({ data }) => data[2])).toEqual([0, 0, 0, 0]);
	stage.mapping.store.replace(withLights(playedBy("Pads"), "Pads", "apc-mini"));
	stage.poll();
	port.sent.length = 0;
	stage.mapping.close();
	expect(port.sent.map(({ data }) => data[2])).toEqual([0, 0, 0, 0]);
});

test("the transport follows the clock of the chosen device alone", async () => {
	const stage = await Stage.with({ ...defaultMapping, clockInput: "Sequencer" });
	const [sequencer, keys] = [stage.midi.plug("Sequencer"), stage.midi.plug("Keys")];
	for (let tick = 0; tick < 48; tick++) {
		sequencer.deliver([0xf8], 1000 + tick * 25);
		keys.deliver([0xf8], 1000 + tick * 20);
	}
	keys.deliver([0xfa], 2200);
	keys.deliver([0xf8], 2200);
	expect(stage.harness.engine.calls).toEqual(['set transport {"tempo":100}']);
	sequencer.deliver([0xfa], 2200);
	sequencer.deliver([0xf8], 2200);
	expect(stage.harness.engine.calls.slice(-1)).toEqual(["start transport"]);
	stage.midi.unplug(sequencer);
	expect(stage.mapping.clock?.tempo).toBeNull();
});

test("the clock is sent to the chosen devices, and stopped when they are chosen no longer", async () => {
	const stage = await Stage.with(withClockOutput(defaultMapping, "Drums", true));
	const [drums, keys] = [stage.midi.plug("Drums"), stage.midi.plug("Keys")];
	stage.activity.isTransportRunning = true;
	for (let frame = 0; frame < 60; frame++) {
		stage.poll(1000 / 60);
		stage.activity.beat += 120 / 60 / 60;
	}
	expect(drums.sent[0]!.data).toEqual([0xfa]);
	expect(drums.sent.filter(({ data }) => data[0] === 0xf8).length).toBeGreaterThan(48);
	expect(keys.sent).toEqual([]);
	drums.sent.length = 0;
	stage.mapping.store.replace(defaultMapping);
	stage.poll();
	expect(drums.sent.map(({ data }) => data)).toEqual([[0xfc]]);
});

test("without a mapping that is kept, the keyboard's usual one is in use, and nothing is sent", async () => {
	const stage = await Stage.with(defaultMapping);
	const port = stage.midi.plug("Pads");
	for (let frame = 0; frame < 10; frame++) stage.poll();
	expect(stage.mapping.input.pressKey({ code: "Digit1", shift: false, alt: false }, 0)).toBe(true);
	expect([stage.harness.engine.calls, port.sent]).toEqual([["press 0 at 0.8"], []]);
});
