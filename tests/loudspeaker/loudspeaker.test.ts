import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { programPath } from "../../scripts/ensure-programs.mjs";
import { align } from "./alignment.ts";
import { LOUDSPEAKER_RATE, Loudspeaker } from "./loudspeaker.ts";
import { noise } from "./noise.ts";

let loudspeaker: Loudspeaker;

beforeAll(async () => {
	loudspeaker = await Loudspeaker.start();
});

afterAll(async () => {
	await loudspeaker.stop();
});

test("a program's output is recorded to the bit, by channel", async () => {
	const left = noise(LOUDSPEAKER_RATE, 3);
	const right = noise(LOUDSPEAKER_RATE, 5);
	const interleaved = new Float32Array(2 * LOUDSPEAKER_RATE);
	for (let frame = 0; frame < LOUDSPEAKER_RATE; frame++) {
		interleaved[2 * frame] = left[frame]!;
		interleaved[2 * frame + 1] = right[frame]!;
	}
	const recording = await loudspeaker.record();
	const format = ["--raw", "--format=float32le", `--rate=${LOUDSPEAKER_RATE}`, "--channels=2"];
	const player = spawn(programPath("pacat"), ["--playback", ...format], {
		env: { ...process.env, ...loudspeaker.environment },
		stdio: ["pipe", "inherit", "inherit"],
	});
	player.stdin.end(Buffer.from(interleaved.buffer));
	await once(player, "exit");
	await recording.record(LOUDSPEAKER_RATE / 2);
	const [recordedLeft, recordedRight] = await recording.stop();
	const found = align(left, recordedLeft);
	expect(found).toMatchObject({ gain: 1, residualDecibels: -Infinity, longestGapFrames: 0 });
	expect(align(right, recordedRight)).toEqual(found);
});
