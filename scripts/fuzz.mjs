// Loads damaged files of every format through a real engine: `npm run fuzz -- --count N --seed S`.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readArguments } from "./fuzz/arguments.mjs";
import { makeSeedFiles, readCaseFiles } from "./fuzz/corpus.mjs";
import { BATCH, FuzzHarness } from "./fuzz/harness.mjs";
import { mutate } from "./fuzz/mutations.mjs";
import { Random } from "./fuzz/random.mjs";
import { FuzzReport } from "./fuzz/report.mjs";

const SECONDS = 0.4;
/** Batches between two checks of undamaged files. */
const CHECK_EVERY = 16;

/** @typedef {import("./fuzz/corpus.mjs").SeedFile} SeedFile */

/** The damaged file of a case, which depends only on seed and number. @param {readonly SeedFile[]} files @param {number} seed @param {number} index */
function makeCase(files, seed, index) {
	const random = new Random(seed, index);
	const file = random.pick(files);
	return { index, file, ...mutate(file.bytes, random, random.pick(files).bytes) };
}

/** @param {import("./fuzz/arguments.mjs").FuzzArguments} settings @returns {Promise<boolean>} whether there was no fault. */
async function fuzz({ count, seed, first, keep }) {
	const files = [...makeSeedFiles(SECONDS), ...readCaseFiles()];
	const playable = files.filter(({ isPlayable }) => isPlayable);
	const report = new FuzzReport(seed);
	const harness = new FuzzHarness();
	const checked = new Random(seed, 0xffff_ffff);
	const undamaged = () => Array.from({ length: BATCH }, () => checked.pick(playable));
	try {
		await harness.start(playable);
		for (let next = first, batches = 1; next < first + count; next += BATCH, batches++) {
			const length = Math.min(BATCH, first + count - next);
			const cases = Array.from({ length }, (_, offset) => makeCase(files, seed, next + offset));
			const watches = await harness.load(cases.map(({ bytes }) => bytes));
			for (const [offset, { index, file, ways, bytes }] of cases.entries()) {
				const { outcome, faults } = watches[offset] ?? { outcome: null, faults: [] };
				report.add(file, outcome, index, { faults, ways });
				if (keep !== null && faults.length > 0) {
					mkdirSync(keep, { recursive: true });
					writeFileSync(join(keep, `${seed}-${index}-${file.name}`), bytes);
				}
			}
			const isLast = next + BATCH >= first + count;
			if (batches % CHECK_EVERY === 0 || isLast) {
				report.addFaults(`up to case ${next + length - 1}`, await harness.loadUndamaged(undamaged()));
				report.addFaults(`up to case ${next + length - 1}`, await harness.checkMemory());
			}
		}
	} finally {
		await harness.end();
	}
	return report.print();
}

try {
	process.exitCode = (await fuzz(readArguments(process.argv.slice(2)))) ? 0 : 1;
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 2;
}
