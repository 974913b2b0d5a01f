import { expect, test } from "vitest";
import { CommandCheck, producerOf } from "./command-check.ts";
import { randomBytes, seededRandom } from "./fixtures.ts";
import { JournalReader } from "./journal-reader.ts";
import { MessageHarness } from "./message-harness.ts";
import { ThreadHarness } from "./thread-harness.ts";

const { MESSAGES, MESSAGE_SEED } = process.env;
const COUNT = Number(MESSAGES ?? 1_000_000);
const SEED = Number(MESSAGE_SEED ?? 0x5eed);
const PRODUCERS = 3;
const PER_PRODUCER = Math.ceil(COUNT / PRODUCERS);
const TITLE = `${COUNT} commands of three threads take effect once and in order, the rejected ones never`;

/** Sends everything, checks and prints the counts. @returns the number of commands */
async function sendAndCheck(harness: ThreadHarness | MessageHarness, random: () => number): Promise<number> {
	const checks = Array.from({ length: PRODUCERS }, (_, producer) => new CommandCheck(SEED, producer));
	const grants = checks.map(() => harness.producers.grant());
	const rings = grants.map(({ descriptor }) => descriptor.ring);
	if (harness instanceof ThreadHarness) startNearTheWrap(harness, rings, random);
	const journal = new JournalReader(harness.words, (command) => checks[producerOf(command.slot)]!.accept(command));
	await harness.startKernel(8, true);
	const reading = harness.readJournal(journal);
	const threads = checks.map(({ refused, frames }, producer) => {
		const { descriptor, transfer } = grants[producer]!;
		const data = { seed: SEED, producer, count: PER_PRODUCER, clock: harness.clock, refused, frames };
		return harness.spawn("command-producer", { ...data, descriptor, random: randomBytes(65_521, random) }, transfer);
	});
	const answers = (await Promise.all(threads.map(({ answer }) => answer))) as { attempts: number }[];
	for (const ring of rings) await harness.drained(ring);
	await harness.rendered(1 + Math.max(...checks.map(({ lastFrame }) => lastFrame)));
	harness.stopAll();
	await reading;
	await harness.stopKernel();
	const results = checks.map((check, producer) => check.finish(answers[producer]!.attempts));
	expect(Math.min(...results.map(({ refused }) => refused))).toBeGreaterThan(0);
	const late = checks.reduce((sum, check) => sum + check.late, 0);
	expect(harness.status.read()).toMatchObject({ lateCommands: late, invalidCommands: 0, droppedVoices: 0 });
	expect(journal.lost).toBe(0);
	const text = results.map(({ accepted, refused }) => `${accepted} accepted, ${refused} rejected`).join(", ");
	process.stdout.write(`commands per thread: ${text}; ${late} late\n`);
	return results.reduce((sum, { accepted }) => sum + accepted, 0);
}

/** Rings and journal start just below 2^32, so that their positions wrap during the test. */
function startNearTheWrap(harness: ThreadHarness, rings: readonly number[], random: () => number): void {
	const shortOf2to32 = (): number => 2 ** 32 - 1 - Math.floor(random() * PER_PRODUCER);
	for (const ring of rings) harness.setRingPosition(ring, shortOf2to32());
	harness.setJournalPosition(shortOf2to32());
}

test.each([
	["shared", ThreadHarness],
	["messages", MessageHarness],
] as const)(`${TITLE}, %s, seed ${SEED}`, { timeout: 60_000 + COUNT / 10 }, async (_, Harness) => {
	const harness = new Harness();
	let taken = 0;
	await harness.run(async () => {
		taken = await sendAndCheck(harness, seededRandom(SEED));
	});
	expect(taken).toBeGreaterThanOrEqual(COUNT);
});
