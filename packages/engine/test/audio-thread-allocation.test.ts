import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";

const SEED = 0x2f17_7315;
/** V8's smallest young generation, so that half a byte per call fills it within the run. */
const SMALL_NURSERY = "--max-semi-space-size=1";
/** Timeout per process, generous for a busy machine. */
const PATIENCE_MS = 300_000;
/** Whether V8 compiles hot code or interprets everything, as in an audio thread's first blocks: `npm run verify` runs all of it. */
const MODES: readonly (readonly [string, number, readonly string[]])[] =
	process.env["EVERY_SUITE"] === "1"
		? [
				["compiled", 1_000_000, []],
				["interpreted", 400_000, ["--no-opt", "--no-sparkplug"]],
			]
		: [["compiled", 400_000, []]];

const DETECTED_CALLS = 400_000;

vi.setConfig({ testTimeout: 2 * PATIENCE_MS });

/** The result of a process without messages; see threads/message-process-calls.mjs. */
interface QuietAnswer {
	readonly collections: number;
	readonly activeVoices: number;
}

/** The result of a process with commands; see threads/process-calls.mjs. */
interface BusyAnswer {
	readonly collections: number;
	readonly meanVoices: number;
	readonly sent: Readonly<Record<string, number>>;
	readonly invalidCommands: number;
	readonly lateCommands: number;
	readonly journalLost: number;
}

/** Runs a script of `test/threads` in its own process. @returns its output */
function run(script: string, flags: readonly string[], options: { calls: number; isAllocating: boolean }): unknown {
	const path = fileURLToPath(new URL(`threads/${script}.mjs`, import.meta.url));
	const text = JSON.stringify({ ...options, warmUpCalls: 100_000, seed: SEED });
	const command = [...flags, SMALL_NURSERY, path, text];
	return JSON.parse(execFileSync(process.execPath, command, { encoding: "utf8", timeout: PATIENCE_MS }));
}

test.each(MODES)(
	`the built worklet's process, %s, collects no garbage in %i calls, seed ${SEED}`,
	(_, calls, flags) => {
		const answer = run("process-calls", flags, { calls, isAllocating: false }) as BusyAnswer;
		const { collections, meanVoices, sent, invalidCommands, lateCommands, journalLost } = answer;
		expect(meanVoices).toBeGreaterThan(28);
		const { refused, ...kinds } = sent;
		expect(Math.min(...Object.values(kinds))).toBeGreaterThan(1000);
		expect(lateCommands).toBeGreaterThan(1000);
		expect({ refused, invalidCommands, journalLost }).toEqual({ refused: 0, invalidCommands: 0, journalLost: 0 });
		expect(collections).toBe(0);
	},
);

test.each(MODES)("over ports, %s, it collects no garbage in %i calls between two messages", (_, calls, flags) => {
	const answer = run("message-process-calls", flags, { calls, isAllocating: false }) as QuietAnswer;
	expect(answer).toMatchObject({ collections: 0, activeVoices: 32 });
});

test.each(MODES)("one object per block, %s, is detected", (_, __, flags) => {
	for (const script of ["process-calls", "message-process-calls"]) {
		const { collections } = run(script, flags, { calls: DETECTED_CALLS, isAllocating: true }) as QuietAnswer;
		expect(collections).toBeGreaterThan(10);
	}
});
