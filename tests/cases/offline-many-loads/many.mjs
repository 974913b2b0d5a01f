// An engine without a device that renders nothing: more loads, triggers, stops and gains than its ring holds, and in total
// more samples than its memory holds.
import { checkThreadings, constantWave, must } from "../offline-script.mjs";

const SAMPLE_RATE = 48_000;
const SLOTS = 16;
const LOADS = 1_100;
/** Two samples per slot, while 69 are loaded into each. */
const MEMORY_BUDGET = 2 * SLOTS * 4 * (4_800 + 32);

/** @param {number} count */
const levelOf = (count) => (count + 1) / 4_096;

const options = { sampleRate: SAMPLE_RATE, loaderThreads: 2, memoryBudget: MEMORY_BUDGET };
await checkThreadings(options, async (threading, engine) => {
	for (let count = 0; count < LOADS; count++) {
		await engine.loadSample(count % SLOTS, constantWave(4_800, SAMPLE_RATE, levelOf(count)));
	}
	for (let count = 0; count < 3_000; count++) engine.playSample(count % SLOTS, 1);
	for (let count = 0; count < 3_000; count++) engine.stopSample(count % SLOTS);
	for (let count = 0; count < 3_000; count++) engine.masterGainDecibels = count === 2_999 ? 0 : -20;
	const silence = engine.renderOffline(1)[0][0];
	must(silence === 0, `${threading}: ${silence} is heard after the stops`);
	for (let slot = 0; slot < SLOTS; slot++) {
		const expected = levelOf(LOADS - 1 - ((LOADS - 1 - slot) % SLOTS));
		engine.playSample(slot, 1);
		const heard = engine.renderOffline(4_800)[0][4_799];
		must(heard === expected, `${threading}: slot ${slot} plays ${heard} instead of ${expected}, its newest sample`);
	}
});
