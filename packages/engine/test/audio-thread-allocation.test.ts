import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const SEED = 0x2f17_7315;
const PROGRAM = fileURLToPath(new URL("threads/process-calls.mjs", import.meta.url));
/** V8's smallest space for young objects, so that half a byte a call fills it within the run. */
const SMALL_NURSERY = "--max-semi-space-size=1";
/** Whether V8 compiles what runs often, or interprets everything, as it does in an audio thread's first blocks. */
const WAYS: readonly (readonly [string, number, readonly string[]])[] = [
	["compiled", 1_000_000, []],
	["interpreted", 400_000, ["--no-opt", "--no-sparkplug"]],
];

/** What the process saw; see threads/process-calls.mjs. */
interface ProcessAnswer {
	readonly collections: number;
	readonly meanVoices: number;
	readonly sent: Readonly<Record<string, number>>;
	readonly invalidRecords: number;
	readonly lateRecords: number;
	readonly journalLost: number;
}

function callProcess(calls: number, flags: readonly string[], isAllocating: boolean): ProcessAnswer {
	const options = { calls, warmUpCalls: 100_000, seed: SEED, isAllocating };
	const command = [...flags, SMALL_NURSERY, PROGRAM, JSON.stringify(options)];
	return JSON.parse(execFileSync(process.execPath, command, { encoding: "utf8" })) as ProcessAnswer;
}

test.each(WAYS)(`the built worklet's process, %s, collects no garbage in %i calls, seed ${SEED}`, (_, calls, flags) => {
	const { collections, meanVoices, sent, invalidRecords, lateRecords, journalLost } = callProcess(calls, flags, false);
	expect(meanVoices).toBeGreaterThan(28);
	const { refused, ...kinds } = sent;
	expect(Math.min(...Object.values(kinds))).toBeGreaterThan(1000);
	expect(lateRecords).toBeGreaterThan(1000);
	expect({ refused, invalidRecords, journalLost }).toEqual({ refused: 0, invalidRecords: 0, journalLost: 0 });
	expect(collections).toBe(0);
});

test.each(WAYS)("one object a block, %s, is seen to be collected in %i calls", (_, calls, flags) => {
	expect(callProcess(calls, flags, true).collections).toBeGreaterThan(10);
});
