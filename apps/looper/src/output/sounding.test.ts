import { expect, test } from "vitest";
import { InstrumentHarness } from "../instrument/instrument-harness.ts";
import { Sounding } from "./sounding.ts";

/** A harness on whose engine a test lets voices sound. */
async function soundingHarness() {
	const harness = await InstrumentHarness.running();
	const { engine, instrument } = harness;
	const time = { milliseconds: 0, voices: 0 };
	const stats = engine.stats.bind(engine);
	Object.assign(engine, { stats: () => ({ ...stats(), activeVoices: time.voices }) });
	const { poller, settings } = instrument;
	const sounding = new Sounding({ readings: poller.readings, settings, now: () => time.milliseconds });
	const changes: boolean[] = [];
	sounding.changes.add((isOn) => changes.push(isOn));
	const pollAt = (milliseconds: number, voices: number): boolean => {
		Object.assign(time, { milliseconds, voices });
		harness.poll();
		return sounding.isOn;
	};
	return { harness, pollAt, changes };
}

test("a voice sounds, a pause of less than two seconds counts as sound, and then it is silent", async () => {
	const { pollAt, changes } = await soundingHarness();
	expect(pollAt(0, 0)).toBe(false);
	expect(pollAt(100, 1)).toBe(true);
	expect(pollAt(2_000, 0)).toBe(true);
	expect(pollAt(2_050, 2)).toBe(true);
	expect(pollAt(4_049, 0)).toBe(true);
	expect(pollAt(4_050, 0)).toBe(false);
	expect(changes).toEqual([true, false]);
});

test("the metronome sounds while the transport runs", async () => {
	const { harness, pollAt } = await soundingHarness();
	harness.instrument.settings.set({ isMetronomeOn: true });
	expect(pollAt(0, 0)).toBe(false);
	Object.assign(harness.engine.activity, { isTransportRunning: true });
	expect(pollAt(10, 0)).toBe(true);
	harness.instrument.settings.set({ isMetronomeOn: false });
	expect(pollAt(2_010, 0)).toBe(false);
});

test("voices of an engine that the platform has suspended are not heard", async () => {
	const { harness, pollAt } = await soundingHarness();
	harness.engine.state = "suspended";
	expect(pollAt(0, 3)).toBe(false);
});
