import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";

const SEED = 0x2f17_7315;
/** V8's smallest space for young objects, so that half a byte a call fills it within the run. */
const SMALL_NURSERY = "--max-semi-space-size=1";
/** For one process: more than a busy machine needs for it. */
const PATIENCE_MS = 120_000;
/** Whether V8 compiles what runs often, or interprets everything, as it does in an audio thread's first blocks. */
const WAYS: readonly (readonly [string, number, readonly string[]])[] = [
	["compiled", 1_000_000, []],
	["interpreted", 400_000, ["--no-opt", "--no-sparkplug"]],
];

vi.setConfig({ testTimeout: 2 * PATIENCE_MS });

/** What a process saw that had no messages; see threads/message-process-calls.mjs. */
interface QuietAnswer {
	readonly collections: number;
	readonly activeVoices: number;
}

/** What a process saw amid commands; see threads/process-calls.mjs. */
interface BusyAnswer {
	readonly collections: number;
	readonly meanVoices: number;
	readonly sent: Readonly<Record<string, number>>;
	readonly invalidCommands: number;
	readonly lateCommands: number;
	readonly journalLost: number;
}

/** Runs one of `test/threads` in a process of its own. @returns what it says */
function run(script: string, flags: readonly string[], options: { calls: number; isAllocating: boolean }): unknown {
	const path = fileURLToPath(new URL(`threads/${script}.mjs`, import.meta.url));
	const text = JSON.stringify({ ...options, warmUpCalls: 100_000, seed: SEED });
	const command = [...flags, SMALL_NURSERY, path, text];
	return JSON.parse(execFileSync(process.execPath, command, { encoding: "utf8", timeout: PATIENCE_MS }));
}

test.each(WAYS)(`the built worklet's process, %s, collects no garbage in %i calls, seed ${SEED}`, (_, calls, flags) => {
	const answer = run("process-calls", flags, { calls, isAllocating: false }) as BusyAnswer;
	const { collections, meanVoices, sent, invalidCommands, lateCommands, journalLost } = answer;
	expect(meanVoices).toBeGreaterThan(28);
	const { refused, ...kinds } = sent;
	expect(Math.min(...Object.values(kinds))).toBeGreaterThan(1000);
	expect(lateCommands).toBeGreaterThan(1000);
	expect({ refused, invalidCommands, journalLost }).toEqual({ refused: 0, invalidCommands: 0, journalLost: 0 });
	expect(collections).toBe(0);
});

test.each(WAYS)("over ports, %s, it collects none in %i calls between two messages", (_, calls, flags) => {
	const answer = run("message-process-calls", flags, { calls, isAllocating: false }) as QuietAnswer;
	expect(answer).toMatchObject({ collections: 0, activeVoices: 32 });
});

test.each(WAYS)("one object a block, %s, is seen to be collected in %i calls", (_, calls, flags) => {
	for (const script of ["process-calls", "message-process-calls"]) {
		const { collections } = run(script, flags, { calls, isAllocating: true }) as QuietAnswer;
		expect(collections).toBeGreaterThan(10);
	}
});
