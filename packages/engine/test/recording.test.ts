import { parseSession, renderSession, type Session } from "flitzis-looper";
import { expect, test } from "vitest";
import { firstBitDifference } from "./bit-difference.ts";
import { join, type Performance, performanceFile, recordPerformance } from "./random-performance.ts";

const SEEDS = Array.from({ length: 12 }, (_, seed) => seed);
const recorded: Map<number, Promise<Performance>> = new Map();

/** Each performance is played once, whichever test asks first. */
function performance(seed: number): Promise<Performance> {
	const known = recorded.get(seed) ?? recordPerformance(seed);
	recorded.set(seed, known);
	return known;
}

test.each(SEEDS)(
	"performance %i, recorded from its midst, is rendered to the bit by any block length",
	async (seed) => {
		const { text, session, left, right } = await performance(seed);
		expect(session.frames).toBe(left.length);
		const pieces: [Float32Array, Float32Array][] = [];
		const options = { blockFrames: [1, 64, 128, 500, 2048][seed % 5]!, pieceFrames: 1 + ((seed * 7919) % 60_000) };
		for await (const piece of renderSession(parseSession(text), performanceFile, options)) pieces.push(piece);
		expect(firstBitDifference(join(pieces, 0), left)).toBeNull();
		expect(firstBitDifference(join(pieces, 1), right)).toBeNull();
	},
);

test("a session is read back from its file as it was", async () => {
	for (const seed of SEEDS) {
		const { session, text } = await performance(seed);
		expect(parseSession(text)).toEqual(session);
	}
});

test("the performances sound, and begin with voices, replaced samples, fades and moving gains", async () => {
	const performances = await Promise.all(SEEDS.map(performance));
	const starts = performances.map(({ session }) => session.start);
	const isOnReplaced = (start: Session["start"]): boolean =>
		start.voices.some(({ slot, sample }) => start.slots.find((filled) => filled.slot === slot)?.sample !== sample);
	expect(performances.every(({ left }) => left.some((sample) => Math.abs(sample) > 0.01))).toBe(true);
	expect(starts.some(({ voices }) => voices.length > 1)).toBe(true);
	expect(starts.some(isOnReplaced)).toBe(true);
	expect(starts.some(({ tail }) => tail.length > 0)).toBe(true);
	expect(performances.some(({ session }) => session.start.gain.rampPosition < session.engine.fadeFrames)).toBe(true);
	const types = new Set(performances.flatMap(({ session }) => session.commands.map(({ type }) => type)));
	expect([...types].toSorted()).toEqual(["gain", "load", "play", "stop", "stopAll", "unload"]);
});
