import { expect, test } from "vitest";
import { randomBytes, seededRandom } from "./fixtures.ts";
import { JournalReader } from "./journal-reader.ts";
import { MessageCheck, producerOf } from "./message-check.ts";
import { ThreadBench } from "./thread-bench.ts";

const { MESSAGES, MESSAGE_SEED } = process.env;
const COUNT = Number(MESSAGES ?? 1_000_000);
const SEED = Number(MESSAGE_SEED ?? 0x5eed);
const PRODUCERS = 3;
const A_PRODUCER = Math.ceil(COUNT / PRODUCERS);
const TITLE = `${COUNT} messages of three threads take effect once and in order, the refused ones never`;

test(`${TITLE}, shared, seed ${SEED}`, { timeout: 60_000 + COUNT / 10 }, () => {
	const bench = new ThreadBench();
	const random = seededRandom(SEED);
	const shortOf2to32 = (): number => 2 ** 32 - 1 - Math.floor(random() * A_PRODUCER);
	const checks = Array.from({ length: PRODUCERS }, (_, producer) => new MessageCheck(SEED, producer));
	return bench.run(async () => {
		const grants = checks.map(() => bench.streams.grant());
		for (const { descriptor } of grants) bench.setRingPosition(descriptor.ring, shortOf2to32());
		bench.setJournalPosition(shortOf2to32());
		const journal = new JournalReader(bench.words, (record) => checks[producerOf(record.slot)]!.accept(record));
		bench.memory.advanceRecording();
		await bench.startKernel(8);
		const reading = bench.readJournal(journal);
		const threads = checks.map(({ refused, frames }, producer) =>
			bench.spawn("message-producer", {
				descriptor: grants[producer]!.descriptor,
				seed: SEED,
				producer,
				count: A_PRODUCER,
				clock: bench.clock,
				refused,
				frames,
				random: randomBytes(65_521, random),
			}),
		);
		const answers = (await Promise.all(threads.map(({ answer }) => answer))) as { attempts: number }[];
		for (const { descriptor } of grants) await bench.drained(descriptor.ring);
		await bench.rendered(1 + Math.max(...checks.map(({ lastFrame }) => lastFrame)));
		bench.memory.advanceRecording();
		await reading;
		await bench.stopKernel();
		const results = checks.map((check, producer) => check.finish(answers[producer]!.attempts));
		expect(results.reduce((sum, { accepted }) => sum + accepted, 0)).toBeGreaterThanOrEqual(COUNT);
		expect(Math.min(...results.map(({ refused }) => refused))).toBeGreaterThan(0);
		const late = checks.reduce((sum, check) => sum + check.late, 0);
		expect(bench.status.read()).toMatchObject({ lateRecords: late, invalidRecords: 0, droppedVoices: 0 });
		expect(journal.lost).toBe(0);
		const text = results.map(({ accepted, refused }) => `${accepted} and ${refused} refused`).join(", ");
		process.stdout.write(`messages taken of each thread: ${text}; ${late} late\n`);
	});
});
