import { expect, test } from "vitest";
import * as layout from "../../engine/src/protocol/shared-memory.ts";
import { firstAddress, KernelHost, loadCommand, play } from "./kernel-host.ts";
import { bitsOf, noise } from "./signals.ts";

test("the longest sample that 4 GiB hold loops: mono, just below 2^30 frames, so no playhead ever reaches 2^31", () => {
	const host = new KernelHost({}, "shared", 65_536);
	const address = firstAddress(1);
	const frames = (2 ** 32 - address) / 4 - layout.GUARD_FRAMES;
	const ends = noise(1000, 5);
	const begins = noise(1000, 6);
	host.floats.set(ends, host.floats.length - layout.GUARD_FRAMES - 1000);
	host.floats.set(begins, address / 4);
	host.push(loadCommand(0, [1, address, frames, 1]));
	host.send(play(0, 1, true));
	for (let left = frames - 1000; left > 0; left -= layout.MAX_BLOCK_FRAMES)
		host.renderBlock(Math.min(left, layout.MAX_BLOCK_FRAMES));
	const heard = host.render(2000).filter((_, index) => index % 2 === 0);
	expect(bitsOf(heard)).toEqual(bitsOf(Float32Array.of(...ends, ...begins)));
	expect(host.status(layout.STATUS_INVALID_COMMANDS)).toBe(0);
});
