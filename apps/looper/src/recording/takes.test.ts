import {
	encodeFrames,
	type Performance,
	parsePerformance,
	type Take,
	type TakeFormat,
	wavHeader,
} from "flitzis-looper";
import { beforeEach, expect, test } from "vitest";
import { FakeEngine } from "../instrument/fake-engine.ts";
import { type Notice, Notices } from "../instrument/notices.ts";
import { MemoryTakeStorage } from "./memory-take-storage.ts";
import { type MakeBlob, takeLayout } from "./take-wav.ts";
import { Takes } from "./takes.ts";

const sampleRate = 48_000;
const frames = 1000;
const samples = Float32Array.from({ length: 2 * frames }, (_, index) => Math.sin(index / 30));

let storage: MemoryTakeStorage;
let told: Notice[];
let now: number;

beforeEach(() => {
	storage = new MemoryTakeStorage(makeBlob);
	told = [];
	now = 1_764_590_000_000;
});

function makeBlob(parts: Parameters<MakeBlob>[0]): Blob {
	return new Blob([...parts] as ConstructorParameters<typeof Blob>[0]);
}

function wavOf(format: TakeFormat): Blob {
	const header = wavHeader({ format, channels: 2, sampleRate, frames });
	return new Blob([header, encodeFrames(samples, format)]);
}

function openTakes(): Takes {
	const notices = new Notices();
	notices.added.add((notice) => told.push(notice));
	return new Takes({ storage, makeBlob, now: () => ++now }, notices);
}

/** A take as the engine gives it. */
function take(fileName: string | null, differences: Partial<Take> = {}): Take {
	const file = wavOf("f32");
	if (fileName !== null) storage.files.set(fileName, { file, changedAt: now });
	const form = { startFrame: 0, frames, sampleRate, format: "f32", lostFrames: 0, failure: null, path: null } as const;
	return { ...form, fileName, blob: () => Promise.resolve(file), discard: () => Promise.resolve(), ...differences };
}

const performance: Performance = { ...new FakeEngine().performed, frames };

test("takes are found after a reload under their names and with their performances", async () => {
	const takes = openTakes();
	const first = await takes.add(take("a.wav"), performance);
	await takes.add(take("b.wav"), null);
	await takes.rename(first.id, " Verse ");
	const again = openTakes();
	await again.start();
	expect(again.list).toEqual(takes.list);
	expect(again.list.map(({ name, hasPerformance }) => [name, hasPerformance])).toEqual([
		["Take 2", false],
		["Verse", true],
	]);
	const saved = await again.performance(first.id);
	expect(saved?.fileName).toBe("Verse.json");
	expect(parsePerformance(await new Response(saved?.file as Blob).text())).toEqual(performance);
	expect(told).toEqual([]);
});

test("a take is saved with every bit, or in 24 bits as the engine would write it", async () => {
	const takes = openTakes();
	const { id } = await takes.add(take("a.wav"), null);
	for (const format of ["f32", "s24"] as const) {
		const saved = await takes.wav(id, format);
		expect(saved?.fileName).toBe("Take 1.wav");
		expect(Buffer.from(await saved!.file.arrayBuffer())).toEqual(Buffer.from(await wavOf(format).arrayBuffer()));
	}
});

test("a removed take leaves no file", async () => {
	const takes = openTakes();
	const { id } = await takes.add(take("a.wav"), performance);
	expect(storage.files.size).toBe(3);
	await takes.remove(id);
	expect([storage.files.size, takes.list]).toEqual([0, []]);
});

test("a take that was not finished is offered as far as it went, and what belongs to no take is removed", async () => {
	const whole = await wavOf("f32").arrayBuffer();
	// The header is older than the samples.
	const header = wavHeader({ format: "f32", channels: 2, sampleRate, frames: 10 });
	const cut = new Blob([header, whole.slice(header.length, header.length + 8 * 700 + 5)]);
	storage.files.set("crashed.wav", { file: cut, changedAt: 5 });
	storage.files.set("empty.wav", { file: new Blob([header]), changedAt: 5 });
	storage.files.set("damaged.wav", { file: new Blob(["RIFF"]), changedAt: 5 });
	storage.files.set("gone.wav.info.json", { file: new Blob(["{}"]), changedAt: 5 });
	storage.files.set("recorded.wav", { file: wavOf("f32"), changedAt: 5 });
	storage.inUse.add("recorded.wav");
	const takes = openTakes();
	await takes.start();
	expect(takes.list).toMatchObject([
		{ id: "crashed.wav", frames: 700, recordedAt: 5, isUnfinished: true, isStored: true },
	]);
	expect([...storage.files.keys()]).toEqual(["crashed.wav", "recorded.wav"]);
	expect(told).toMatchObject([{ tone: "info", text: expect.stringMatching(/^A recording was not finished/) }]);
	const saved = await takes.wav("crashed.wav", "f32");
	expect(await takeLayout(saved!.file)).toMatchObject({ frames: 700 });
	expect(Buffer.from(await saved!.file.arrayBuffer()).subarray(header.length)).toEqual(
		Buffer.from(whole.slice(header.length, header.length + 8 * 700)),
	);
	await takes.rename("crashed.wav", "Rescued");
	const again = openTakes();
	await again.start();
	expect(again.list).toMatchObject([{ name: "Rescued", isUnfinished: false }]);
});

test("what browsers keep beside a take while they write stays, and an entry that cannot be read hides no other", async () => {
	for (const name of ["a.wav.info.json.crswap", "held.wav", "rest.wav.info.json", "whole.wav"]) {
		storage.files.set(name, { file: wavOf("f32"), changedAt: 5 });
	}
	const isInUse = storage.isInUse.bind(storage);
	storage.isInUse = (name) => (name === "held.wav" ? Promise.reject(new Error("It is held.")) : isInUse(name));
	const takes = openTakes();
	await takes.start();
	expect(takes.list.map(({ id }) => id)).toEqual(["whole.wav"]);
	expect([...storage.files.keys()]).toEqual(["a.wav.info.json.crswap", "held.wav", "whole.wav"]);
});

test("where nothing can be written a take is there until the page is left, and the performer is told", async () => {
	storage.refusal = new Error("The disk is full.");
	const takes = openTakes();
	const kept = await takes.add(take("a.wav"), performance);
	expect(kept.isStored).toBe(false);
	expect(told).toEqual([
		{ tone: "error", text: "“Take 1” is there until the page is left. Save it. The disk is full." },
	]);
	expect(await takes.performance(kept.id)).not.toBeNull();
	expect(await takes.wav(kept.id, "f32")).not.toBeNull();
});

test("a take in memory is played and discarded as the engine does it", async () => {
	const takes = openTakes();
	let isDiscarded = false;
	const discard = (): Promise<void> => {
		isDiscarded = true;
		return Promise.resolve();
	};
	const { id, isStored } = await takes.add(take(null, { discard }), null);
	expect(isStored).toBe(false);
	expect(await takes.wav(id, "f32")).not.toBeNull();
	await takes.remove(id);
	expect([isDiscarded, takes.list]).toEqual([true, []]);
});

test("a take whose file is gone is told", async () => {
	const takes = openTakes();
	await takes.add(take("a.wav"), null);
	const again = openTakes();
	await again.start();
	storage.files.delete("a.wav");
	expect(await again.wav("a.wav", "f32")).toBeNull();
	expect(told).toEqual([{ tone: "error", text: "The take cannot be read. a.wav is not there." }]);
});
