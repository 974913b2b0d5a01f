import type { LoaderEvent } from "flitzis-looper";
import { expect, test } from "vitest";
import {
	changePad,
	emptyPad,
	heldSource,
	isLoadLive,
	loopSettings,
	type PadChange,
	type PadSource,
	type PadState,
	padOwner,
} from "./pad-state.ts";

const wanted: PadSource = { source: "kick.wav", title: "Kick", isDemo: false, color: null };

function after(pad: PadState, ...changes: readonly PadChange[]): PadState {
	return changes.reduce(changePad, pad);
}

function requested(requestId: number, source: PadSource = wanted): PadChange {
	return { type: "load-requested", requestId, wanted: source };
}

type EventBody<Event> = Event extends LoaderEvent ? Omit<Event, "id" | "source" | "requestId"> : never;

function heard(requestId: number, body: EventBody<LoaderEvent>): PadChange {
	return { type: "loader-event", event: { id: 0, source: "kick.wav", requestId, ...body } as LoaderEvent };
}

const success = { type: "success", durationSec: 0.5, warnings: [] } as const;
const missing = { type: "error", msg: "File not found", code: "file-not-found" } as const;

test("a load waits, loads with stage and percent, and becomes the pad's sample", () => {
	const waiting = after(emptyPad, requested(7));
	expect(waiting.load?.phase).toBe("waiting");
	const loading = after(
		waiting,
		heard(7, { type: "started" }),
		heard(7, { type: "progress", percent: 0.25, stage: "Loading (decoding)" }),
	);
	expect(loading.load).toMatchObject({ phase: "loading", percent: 0.25, stage: "Loading (decoding)" });
	expect(after(loading, heard(7, success))).toEqual({
		sample: {
			source: "kick.wav",
			title: "Kick",
			isDemo: false,
			color: null,
			durationSec: 0.5,
			warnings: [],
			followsFile: false,
		},
		load: null,
		analysis: null,
		settings: emptyPad.settings,
	});
});

test("events of an earlier load change nothing", () => {
	const pad = after(emptyPad, requested(1), requested(2));
	for (const body of [{ type: "started" } as const, success, missing]) expect(after(pad, heard(1, body))).toBe(pad);
});

test("events after the pad was emptied change nothing", () => {
	const pad = after(emptyPad, requested(1), { type: "emptied" });
	expect(after(pad, heard(1, success))).toBe(pad);
});

test("a failed load keeps the old sample and says why", () => {
	const playable = after(emptyPad, requested(1), heard(1, success));
	const failed = after(playable, requested(2), heard(2, { type: "started" }), heard(2, missing));
	expect(failed.sample).toBe(playable.sample);
	expect(failed.load).toMatchObject({ phase: "failed", reason: "File not found", wanted });
	expect(after(failed, { type: "load-dismissed" })).toEqual(playable);
});

test("a cancelled load leaves no trace", () => {
	const pad = after(emptyPad, requested(1), heard(1, { type: "error", msg: "Cancelled", code: "cancelled" }));
	expect(pad).toEqual(emptyPad);
});

test("a new sample keeps the pad's settings", () => {
	const settings = { ...loopSettings(true), gainDecibels: -6 };
	const looping = after(emptyPad, { type: "settings-changed", settings });
	expect(after(looping, requested(1), heard(1, success)).settings).toMatchObject(settings);
});

test("what is changed while a sample that brings settings is on its way stays changed", () => {
	const settings = { ...emptyPad.settings, gainDecibels: -3, pan: 0.5 };
	const edited = after(emptyPad, requested(1, { ...wanted, settings }), {
		type: "settings-changed",
		settings: { pan: -1 },
	});
	expect(after(edited, heard(1, success)).settings).toEqual({ ...settings, pan: -1 });
});

test("a sample that brings settings replaces the pad's", () => {
	const quiet = after(emptyPad, { type: "settings-changed", settings: { gainDecibels: -6, pan: 1 } });
	const settings = { ...emptyPad.settings, gainDecibels: -3, ...loopSettings(true) };
	const loaded = after(quiet, requested(1, { ...wanted, settings }));
	expect(loaded.settings).toBe(quiet.settings);
	expect(after(loaded, heard(1, success)).settings).toEqual(settings);
});

test("a pad holds what it loads, else its sample, and nothing after a load that failed", () => {
	const playable = after(emptyPad, requested(1), heard(1, success));
	expect(heldSource(playable)).toEqual(wanted);
	const other = { ...wanted, source: "snare.wav", title: "Snare" };
	expect(heldSource(after(playable, requested(2, other)))).toBe(other);
	expect(heldSource(after(playable, requested(2, other), heard(2, missing)))).toEqual(wanted);
	expect(heldSource(after(emptyPad, requested(2, other), heard(2, missing)))).toBeNull();
	expect(heldSource(emptyPad)).toBeNull();
});

test("an emptied pad has its initial settings", () => {
	const changed = after(emptyPad, { type: "settings-changed", settings: { gainDecibels: -6 } });
	expect(after(changed, { type: "emptied" })).toEqual(emptyPad);
});

test("a failed load is not live, a waiting one is", () => {
	const waiting = after(emptyPad, requested(1));
	expect(isLoadLive(waiting)).toBe(true);
	expect(isLoadLive(after(waiting, heard(1, missing)))).toBe(false);
});

test("a pad belongs to the performer as soon as one of their files is on it or loading", () => {
	const demo: PadSource = { ...wanted, isDemo: true };
	const demoPad = after(emptyPad, requested(1, demo), heard(1, success));
	expect(padOwner(emptyPad)).toBe("nobody");
	expect(padOwner(after(emptyPad, requested(1, demo)))).toBe("demo");
	expect(padOwner(demoPad)).toBe("demo");
	expect(padOwner(after(demoPad, requested(2)))).toBe("performer");
	expect(padOwner(after(emptyPad, requested(1), heard(1, missing)))).toBe("nobody");
});
