import { expect, test } from "vitest";
import { InstrumentHarness } from "./instrument-harness.ts";
import { defaultSetSettings } from "./set-settings.ts";

test("settings reach the transport and the master", () => {
	const { engine, instrument } = new InstrumentHarness();
	instrument.settings.set({ tempo: 97.5, quantum: 4 });
	instrument.settings.set({ masterGainDecibels: -3, isLimiterOn: true, isExclusive: true });
	expect(engine.calls).toEqual([
		'set transport {"tempo":97.5,"quantum":4}',
		'set master {"gainDecibels":-3,"isLimiterOn":true}',
		'set transport {"isExclusive":true}',
	]);
});

test("a new engine gets the headroom of a new set", () => {
	const { engine, instrument } = new InstrumentHarness();
	instrument.settings.sendAll();
	expect(engine.calls[0]).toBe('set master {"gainDecibels":-6,"isLimiterOn":false,"limiterCeilingDecibels":-1}');
	expect(engine.calls[1]).toContain('"metronomeGainDecibels":-12');
	expect(engine.calls).toHaveLength(2);
});

test("a value that is there already is neither sent nor told nor recorded", () => {
	const { engine, instrument } = new InstrumentHarness();
	instrument.settings.changes.add(() => engine.calls.push("told"));
	instrument.settings.set({ tempo: 120 });
	expect(engine.calls).toEqual([]);
	expect(instrument.history.canUndo).toBe(false);
});

test("a drag is undone and done again as one step, and other settings stay", () => {
	const { engine, instrument } = new InstrumentHarness();
	const { settings, history } = instrument;
	for (const tempo of [121, 122, 123]) settings.set({ tempo }, "drag 1");
	settings.set({ isMetronomeOn: true });
	expect(history.undoLabel).toBe("Metronome");
	history.undo();
	history.undo();
	expect(settings.settings).toEqual(defaultSetSettings);
	settings.set({ quantum: 1 }, "drag 2");
	history.undo();
	expect(history.redoLabel).toBe("Quantum");
	history.redo();
	expect(settings.settings).toEqual({ ...defaultSetSettings, quantum: 1 });
	expect(engine.calls.slice(-5)).toEqual([
		'set transport {"isMetronomeOn":false}',
		'set transport {"tempo":120}',
		'set transport {"quantum":1}',
		'set transport {"quantum":0}',
		'set transport {"quantum":1}',
	]);
});

test("what the engine refuses changes nothing, and the performer is told", () => {
	const { engine, instrument, notices } = new InstrumentHarness();
	engine.refusal = new Error("1024 commands are waiting");
	const told: number[] = [];
	instrument.settings.changes.add(({ tempo }) => told.push(tempo));
	instrument.settings.set({ tempo: 90 });
	expect(told, "so that the control goes back").toEqual([120]);
	expect(instrument.settings.settings.tempo).toBe(120);
	expect(instrument.history.canUndo).toBe(false);
	expect(notices).toEqual([{ tone: "error", text: "1024 commands are waiting" }]);
});
