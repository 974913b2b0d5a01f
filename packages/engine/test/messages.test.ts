import { expect, test } from "vitest";
import { randomBytes, seededRandom } from "./fixtures.ts";
import { JournalReader } from "./journal-reader.ts";
import { MessageCheck, producerOf } from "./message-check.ts";
import { MessageHarness } from "./message-harness.ts";
import { ThreadHarness } from "./thread-harness.ts";

const { MESSAGES, MESSAGE_SEED } = process.env;
const COUNT = Number(MESSAGES ?? 1_000_000);
const SEED = Number(MESSAGE_SEED ?? 0x5eed);
const PRODUCERS = 3;
const A_PRODUCER = Math.ceil(COUNT / PRODUCERS);
const TITLE = `${COUNT} messages of three threads take effect once and in order, the refused ones never`;

/** Sends everything, checks and prints what was taken. @returns how many messages */
async function sendAndCheck(bench: ThreadHarness | MessageHarness, random: () => number): Promise<number> {
	const checks = Array.from({ length: PRODUCERS }, (_, producer) => new MessageCheck(SEED, producer));
	const grants = checks.map(() => bench.streams.grant());
	const rings = grants.map(({ descriptor }) => descriptor.ring);
	if (bench instanceof ThreadHarness) startNearTheWrap(bench, rings, random);
	const journal = new JournalReader(bench.words, (command) => checks[producerOf(command.slot)]!.accept(command));
	await bench.startKernel(8, true);
	const reading = bench.readJournal(journal);
	const threads = checks.map(({ refused, frames }, producer) => {
		const { descriptor, transfer } = grants[producer]!;
		const data = { seed: SEED, producer, count: A_PRODUCER, clock: bench.clock, refused, frames };
		return bench.spawn("message-producer", { ...data, descriptor, random: randomBytes(65_521, random) }, transfer);
	});
	const answers = (await Promise.all(threads.map(({ answer }) => answer))) as { attempts: number }[];
	for (const ring of rings) await bench.drained(ring);
	await bench.rendered(1 + Math.max(...checks.map(({ lastFrame }) => lastFrame)));
	bench.stopAll();
	await reading;
	await bench.stopKernel();
	const results = checks.map((check, producer) => check.finish(answers[producer]!.attempts));
	expect(Math.min(...results.map(({ refused }) => refused))).toBeGreaterThan(0);
	const late = checks.reduce((sum, check) => sum + check.late, 0);
	expect(bench.status.read()).toMatchObject({ lateCommands: late, invalidCommands: 0, droppedVoices: 0 });
	expect(journal.lost).toBe(0);
	const text = results.map(({ accepted, refused }) => `${accepted} and ${refused} refused`).join(", ");
	process.stdout.write(`messages taken of each thread: ${text}; ${late} late\n`);
	return results.reduce((sum, { accepted }) => sum + accepted, 0);
}

/** Rings and journal start short of 2^32, so that their positions wrap on the way. */
function startNearTheWrap(bench: ThreadHarness, rings: readonly number[], random: () => number): void {
	const shortOf2to32 = (): number => 2 ** 32 - 1 - Math.floor(random() * A_PRODUCER);
	for (const ring of rings) bench.setRingPosition(ring, shortOf2to32());
	bench.setJournalPosition(shortOf2to32());
}

test.each([
	["shared", ThreadHarness],
	["messages", MessageHarness],
] as const)(`${TITLE}, %s, seed ${SEED}`, { timeout: 60_000 + COUNT / 10 }, async (_, Bench) => {
	const bench = new Bench();
	let taken = 0;
	await bench.run(async () => {
		taken = await sendAndCheck(bench, seededRandom(SEED));
	});
	expect(taken).toBeGreaterThanOrEqual(COUNT);
});
