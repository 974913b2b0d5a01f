import { beforeEach, expect, test } from "vitest";
import { positionsOf, retire } from "../../test/engine-words.ts";
import { Metering } from "../playback/metering.ts";
import { STOP_ALL } from "../protocol/commands.ts";
import * as layout from "../protocol/shared-memory.ts";
import { EventRing } from "./event-ring.ts";
import { JournalRing } from "./journal-ring.ts";
import { RetirementRing } from "./retirement-ring.ts";
import { applySnapshot, SNAPSHOT_WORDS, SnapshotWriter } from "./snapshot.ts";
import { StatusBlock } from "./status-block.ts";

const COMMAND_WORDS = layout.COMMAND_BYTES / 4;

/** The kernel's memory, the control thread's mirror, and what brings one to the other. */
let kernel: Int32Array<ArrayBuffer>;
let mirror: Int32Array<ArrayBuffer>;
let writer: SnapshotWriter;

beforeEach(() => {
	kernel = new Int32Array(layout.SHARED_END / 4);
	mirror = new Int32Array(layout.SHARED_END / 4);
	writer = new SnapshotWriter();
});

function takeSnapshot(): void {
	const snapshot = new Int32Array(SNAPSHOT_WORDS);
	writer.fill(kernel, snapshot);
	applySnapshot(snapshot, mirror);
}

/** Writes to the journal as the kernel does: each command carries its number. */
function keep(count: number, first = 0): void {
	for (let command = 0; command < count; command++) {
		const write = kernel[layout.JOURNAL_WRITE / 4]!;
		const place = layout.JOURNAL_RING / 4 + (write & (layout.JOURNAL_ENTRIES - 1)) * COMMAND_WORDS;
		kernel.fill(0, place, place + COMMAND_WORDS);
		kernel[place] = STOP_ALL;
		kernel[place + 1] = first + command;
		kernel[layout.JOURNAL_WRITE / 4] = write + 1;
	}
}

function readJournal(): number[] {
	const ring = new JournalRing(mirror);
	const command = new Int32Array(COMMAND_WORDS);
	const read: number[] = [];
	while (ring.read(command)) read.push(command[1]!);
	return read;
}

function readRetired(): number[] {
	const ring = new RetirementRing(mirror);
	const handles: number[] = [];
	for (let handle = ring.read(); handle !== 0; handle = ring.read()) handles.push(handle);
	return handles;
}

function numbers(from: number, to: number): number[] {
	return Array.from({ length: to - from }, (_, index) => from + index);
}

test("the status of the newest block arrives as it was", () => {
	const status = kernel.subarray(layout.STATUS / 4, (layout.STATUS + layout.STATUS_BYTES) / 4);
	for (const [word] of status.entries()) status[word] = 2 * word;
	takeSnapshot();
	expect(new StatusBlock(mirror.buffer).read()).toMatchObject({
		frame: status[layout.STATUS_FRAME_HIGH / 4]! * 2 ** 32 + status[layout.STATUS_FRAME_LOW / 4]!,
		activeVoices: status[layout.STATUS_ACTIVE_VOICES / 4],
	});
	const pad = (layout.STATUS_PADS + 200 * layout.STATUS_PAD_BYTES) / 4;
	const activity = new Metering(() => {}).createActivity(256);
	new StatusBlock(mirror.buffer).readActivity(activity);
	expect([activity.voices[200], activity.frame]).toEqual([
		status[pad + layout.PAD_VOICES / 4],
		status[layout.STATUS_FRAME_HIGH / 4]! * 2 ** 32 + status[layout.STATUS_FRAME_LOW / 4]!,
	]);
});

test("retired handles arrive once and in order, however many snapshots there are", () => {
	const read: number[] = [];
	for (let handle = 1; handle <= 3 * layout.MAX_HANDLES; handle++) {
		retire(kernel, handle);
		if (handle % 700 !== 0) continue;
		takeSnapshot();
		read.push(...readRetired());
	}
	takeSnapshot();
	expect([...read, ...readRetired()]).toEqual(numbers(1, 3 * layout.MAX_HANDLES + 1));
});

test("a full journal arrives whole with one snapshot, and handles retired meanwhile with it", () => {
	keep(layout.JOURNAL_ENTRIES);
	retire(kernel, 7);
	expect(writer.hasJournal(kernel)).toBe(true);
	takeSnapshot();
	expect(writer.hasJournal(kernel)).toBe(false);
	expect(readJournal()).toEqual(numbers(0, layout.JOURNAL_ENTRIES));
	expect(readRetired()).toEqual([7]);
});

test("events arrive once and in order, across the end of their ring", () => {
	const ring = new EventRing(mirror);
	const event = new Int32Array(layout.EVENT_BYTES / 4);
	const read: number[] = [];
	for (let number = 0; number < 3 * layout.EVENTS; number++) {
		const write = kernel[layout.EVENT_WRITE / 4]!;
		kernel[layout.EVENT_RING / 4 + (write % layout.EVENTS) * event.length + 1] = number;
		kernel[layout.EVENT_WRITE / 4] = write + 1;
		if (number % 700 !== 699) continue;
		keep(3);
		takeSnapshot();
		while (ring.read(event)) read.push(event[1]!);
	}
	takeSnapshot();
	while (ring.read(event)) read.push(event[1]!);
	expect(read).toEqual(numbers(0, 3 * layout.EVENTS));
	expect(readJournal().length).toBe(12);
});

test("the mirror's journal is read across its end", () => {
	let first = 0;
	for (let round = 0; round < 20; round++) {
		keep(1000, first);
		takeSnapshot();
		expect(readJournal()).toEqual(numbers(first, first + 1000));
		first += 1000;
	}
	expect(first).toBeGreaterThan(2 * layout.JOURNAL_ENTRIES);
});

test("read positions arrive, and the control thread's own write position stays", () => {
	for (let ring = 0; ring < layout.MAX_RINGS; ring++) {
		kernel[(positionsOf(ring) + layout.RING_READ) / 4] = 10 + ring;
		kernel[(positionsOf(ring) + layout.RING_WRITE) / 4] = 20 + ring;
		kernel[(positionsOf(ring) + layout.RING_TIMED_SENT) / 4] = 30 + ring;
		kernel[(positionsOf(ring) + layout.RING_TIMED_DONE) / 4] = 40 + ring;
	}
	mirror[(positionsOf(0) + layout.RING_WRITE) / 4] = 99;
	mirror[(positionsOf(0) + layout.RING_TIMED_SENT) / 4] = 98;
	takeSnapshot();
	const words = (ring: number): (number | undefined)[] =>
		[layout.RING_READ, layout.RING_WRITE, layout.RING_TIMED_SENT, layout.RING_TIMED_DONE].map(
			(field) => mirror[(positionsOf(ring) + field) / 4],
		);
	expect(words(0)).toEqual([10, 99, 98, 40]);
	expect(words(16)).toEqual([26, 36, 46, 56]);
});

test("a stream that closed itself is seen as closed, but an older snapshot closes no newer stream", () => {
	const word = (positionsOf(3) + layout.RING_GENERATION) / 4;
	mirror[word] = 5;
	kernel[word] = 6;
	takeSnapshot();
	expect(mirror[word]).toBe(6);
	mirror[word] = 7;
	takeSnapshot();
	expect(mirror[word]).toBe(7);
	kernel[word] = 5;
	takeSnapshot();
	expect(mirror[word]).toBe(7);
});
