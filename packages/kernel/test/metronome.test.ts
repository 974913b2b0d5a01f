import { expect, test } from "vitest";
import { SILENT } from "../../engine/src/protocol/commands.ts";
import {
	TRANSPORT_BEATS_PER_BAR,
	TRANSPORT_METRONOME,
	TRANSPORT_METRONOME_GAIN,
	TRANSPORT_TEMPO,
} from "../../engine/src/protocol/parameters.ts";
import { typeOf } from "./journal-replay.ts";
import { type Command, KernelHost } from "./kernel-host.ts";
import { constant } from "./signals.ts";

const BEAT = 24_000;
const CLICK = 960;

function set(parameter: number, value: number): Command {
	return { type: "set", slot: 0, parameter, value };
}

function host(): KernelHost {
	const kernel = new KernelHost();
	kernel.send(set(TRANSPORT_METRONOME, 1));
	kernel.send(set(TRANSPORT_METRONOME_GAIN, 0));
	return kernel;
}

function left(rendered: Float32Array): number[] {
	return [...rendered].filter((_, index) => index % 2 === 0);
}

test("a click begins on every beat, ends after 20 ms, and is higher and louder on the first of a bar", () => {
	const kernel = host();
	kernel.send(set(TRANSPORT_BEATS_PER_BAR, 3));
	kernel.send({ type: "transportStart" });
	const heard = left(kernel.render(7 * BEAT, 333));
	const click = (frame: number, hertz: number, level: number): number =>
		level * (1 - frame / CLICK) * Math.sin((2 * Math.PI * hertz * frame) / 48_000);
	const wrong = heard.findIndex((value, frame) => {
		const inBeat = frame % BEAT;
		const isFirst = Math.floor(frame / BEAT) % 3 === 0;
		const expected = inBeat < CLICK ? click(inBeat, isFirst ? 1500 : 1000, isFirst ? 1 : 0.5) : 0;
		return Math.abs(value - expected) > 1e-6;
	});
	expect(wrong).toBe(-1);
});

test("without a transport that runs, or switched off, it is silent; a click that has begun sounds to its end", () => {
	const kernel = host();
	expect(left(kernel.render(2 * BEAT)).every((value) => value === 0)).toBe(true);
	kernel.send({ type: "transportStart" });
	kernel.render(BEAT + 100);
	kernel.send(set(TRANSPORT_METRONOME, 0));
	expect(left(kernel.render(CLICK - 100)).some((value) => value !== 0)).toBe(true);
	expect(kernel.render(3 * BEAT)).toEqual(constant(6 * BEAT, 0));
	kernel.send(set(TRANSPORT_METRONOME, 1));
	// It clicks on the next beat, not for those that have passed.
	expect(left(kernel.render(BEAT)).findIndex((value) => value !== 0)).toBe(BEAT - CLICK + 1);
});

test("it follows tempo changes and moves, and clicks once per beat", () => {
	const kernel = host();
	kernel.send({ type: "transportStart" });
	kernel.send({ ...set(TRANSPORT_TEMPO, 240), atFrame: BEAT / 2 });
	kernel.send({ type: "transportMove", beat: 6.5, atFrame: 2 * BEAT });
	const heard = left(kernel.render(3 * BEAT));
	const starts = heard.flatMap((value, frame) =>
		value !== 0 && heard[frame - 2] === 0 && heard[frame - 1] === 0 ? [frame - 1] : [],
	);
	expect(starts).toEqual([BEAT * 0.75, BEAT * 1.25, BEAT * 1.75, BEAT * 2.25, BEAT * 2.75]);
});

test("no silence is noted while it may click", () => {
	const kernel = host();
	kernel.send({ type: "transportStart" });
	kernel.render(BEAT);
	expect(kernel.journal().map(typeOf)).not.toContain(SILENT);
	kernel.send(set(TRANSPORT_METRONOME, 0));
	kernel.render(BEAT);
	expect(kernel.journal().map(typeOf)).toContain(SILENT);
});
