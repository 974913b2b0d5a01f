import { expect, test } from "vitest";
import * as layout from "../dist/protocol/shared-memory.js";
import { randomBytes, seededRandom } from "./fixtures.ts";
import { HandleSequence } from "./handle-sequence.ts";
import { RingWriter } from "./ring-writer.ts";
import type { TestThread } from "./test-threads.ts";
import { ThreadHarness } from "./thread-harness.ts";

const SEED = 0x0417_4ead;
const isEverySuite = process.env["EVERY_SUITE"] === "1";
const LOADS = isEverySuite ? 1_000_000 : 250_000;
/** Never loaded: commands for it have no effect. */
const EMPTY_SLOT = 31;
const KILLS = isEverySuite ? 60 : 20;

/** A producer that repeatedly loads its slot. */
interface RingProducer {
	readonly ring: number;
	readonly slot: number;
	/** Of 256 commands, the number that are not loads. */
	readonly otherShare: number;
	readonly sequence: HandleSequence;
}

/** The final message of a producer. */
interface ProducerAnswer {
	readonly loads?: number;
	readonly commands: number;
	readonly refused: number;
}

function startRingProducer(
	harness: ThreadHarness,
	producer: RingProducer,
	random: () => number,
	firstLoad = 0,
): TestThread {
	const { sequence, ring, slot, otherShare } = producer;
	return harness.spawn("ring-producer", {
		ring,
		slot,
		otherShare,
		buffer: harness.memory.buffer,
		emptySlot: EMPTY_SLOT,
		firstHandle: sequence.first,
		handles: sequence.count,
		firstLoad,
		tally: sequence.tally,
		random: randomBytes(65_521, random),
	});
}

async function answersOf(threads: readonly TestThread[]): Promise<ProducerAnswer[]> {
	return (await Promise.all(threads.map(({ answer }) => answer))) as ProducerAnswer[];
}

test(`${LOADS} loads per producer arrive once and in order across 2^32, seed ${SEED}`, () => {
	const harness = new ThreadHarness();
	const random = seededRandom(SEED);
	const loads = LOADS;
	const shortOf2to32 = (): number => 2 ** 32 - 1 - Math.floor(random() * loads);
	return harness.run(async () => {
		// The control ring holds more commands than its producer has handles, so it is filled with others.
		const producers = [210, 30, 0].map((otherShare, ring) => {
			return { ring, slot: ring, otherShare, sequence: new HandleSequence(1 + 340 * ring, 340, loads) };
		});
		const starts = producers.map(shortOf2to32);
		for (const { ring } of producers) harness.setRingPosition(ring, starts[ring]!);
		harness.setRetirementPosition(shortOf2to32());
		await harness.startKernel(128);
		const sequences = producers.map(({ sequence }) => sequence);
		harness.startReading(sequences);
		const answers = await answersOf(producers.map((producer) => startRingProducer(harness, producer, random)));
		for (const { ring } of producers) await harness.drained(ring);
		await harness.stopKernel();
		harness.readRetired(sequences);
		expect(sequences.map(({ retired }) => retired)).toEqual([loads, loads, loads]);
		const ends = answers.map(({ commands }, ring) => starts[ring]! + commands);
		expect(Math.min(...ends)).toBeGreaterThan(2 ** 32);
		expect(producers.map(({ ring }) => harness.readPosition(ring))).toEqual(ends.map((end) => end % 2 ** 32));
		expect(Math.min(...answers.map(({ refused }) => refused))).toBeGreaterThan(0);
		expect(harness.status.read()).toMatchObject({ activeVoices: 0, droppedVoices: 0, invalidCommands: 0 });
	});
});

test(`every play of three stream handles starts one voice, in order, across 2^32, seed ${SEED}`, () => {
	const harness = new ThreadHarness();
	const random = seededRandom(SEED);
	const plays = 100_000;
	return harness.run(async () => {
		const grants = [0, 1, 2].map(() => harness.producers.grant());
		const control = new RingWriter(harness.memory.buffer, 0);
		const starts = grants.map(({ descriptor: { ring } }, slot) => {
			control.loadSample(slot, {
				handle: 1 + slot,
				address: layout.PCM_HEAP + 8 * layout.GUARD_FRAMES,
				frames: 2,
				channels: 2,
			});
			const start = 2 ** 32 - 1 - Math.floor(random() * plays);
			harness.setRingPosition(ring, start);
			return start;
		});
		await harness.startKernel(1);
		const threads = grants.map(({ descriptor }, slot) =>
			harness.spawn("stream-producer", {
				descriptor,
				slot,
				emptySlot: EMPTY_SLOT,
				plays,
				// Fewer than the voice table holds, even with the voices of two blocks in it.
				playsUnderWay: 40,
				otherShare: 224,
				heard: harness.heard,
				random: randomBytes(65_521, random),
			}),
		);
		const answers = await answersOf(threads);
		for (const { descriptor } of grants) await harness.drained(descriptor.ring);
		await harness.stopKernel();
		expect([...harness.heard.subarray(0, 4)]).toEqual([plays, plays, plays, 0]);
		const ends = answers.map(({ commands }, slot) => starts[slot]! + commands);
		expect(grants.map(({ descriptor }) => harness.readPosition(descriptor.ring))).toEqual(
			ends.map((end) => end % 2 ** 32),
		);
		expect(Math.min(...ends)).toBeGreaterThan(2 ** 32);
		expect(Math.min(...answers.map(({ refused }) => refused))).toBeGreaterThan(0);
		expect(harness.status.read()).toMatchObject({ droppedVoices: 0, invalidCommands: 0 });
	});
});

test(`a producer terminated at any point blocks no other, ${KILLS} times, and its ring is reusable, seed ${SEED}`, () => {
	const harness = new ThreadHarness();
	const random = seededRandom(SEED);
	const endless = 2 ** 31 - 1;
	return harness.run(async () => {
		const [control, stream, victim] = [0, 1, 2].map((ring): RingProducer => {
			return { ring, slot: ring, otherShare: 30, sequence: new HandleSequence(1 + 300 * ring, 300, endless) };
		}) as [RingProducer, RingProducer, RingProducer];
		const sequences = [control.sequence, stream.sequence, victim.sequence];
		expect(harness.producers.grant().descriptor.ring).toBe(stream.ring);
		await harness.startKernel(128);
		harness.startReading(sequences);
		const others = [control, stream].map((producer) => startRingProducer(harness, producer, random));
		for (let kill = 0; kill < KILLS; kill++) {
			const { descriptor, release } = harness.producers.grant();
			expect(descriptor.ring).toBe(victim.ring);
			const isLoaded = harness.handleIn(victim.slot) !== 0;
			const thread = startRingProducer(harness, victim, random, victim.sequence.retired + Number(isLoaded));
			await victim.sequence.more(Math.floor(random() * 3000));
			await thread.worker.terminate();
			release();
			await harness.drained(victim.ring);
			harness.readRetired(sequences);
			expect([0, victim.sequence.next]).toContain(harness.handleIn(victim.slot));
			await Promise.all([control, stream].map(({ sequence }) => sequence.more(100)));
		}
		for (const { sequence } of [control, stream]) sequence.setTarget(0);
		const answers = await answersOf(others);
		const ended = victim.sequence.retired + Number(harness.handleIn(victim.slot) !== 0);
		new RingWriter(harness.memory.buffer, harness.producers.grant().descriptor.ring).unloadSample(victim.slot);
		for (const { ring } of [control, stream, victim]) await harness.drained(ring);
		await harness.stopKernel();
		harness.readRetired(sequences);
		expect([control, stream].map(({ sequence }) => sequence.retired)).toEqual(answers.map(({ loads }) => loads));
		expect(victim.sequence.retired).toBe(ended);
		expect([control, stream, victim].map(({ slot }) => harness.handleIn(slot))).toEqual([0, 0, 0]);
	});
});
