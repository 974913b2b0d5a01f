import { expect, test } from "vitest";
import { LevelWatch } from "./level-word.ts";

test("peaks above −1 dBFS are too loud, and stay so for three seconds", () => {
	const watch = new LevelWatch();
	expect(watch.follow(0.89, 0)).toBe("Good");
	expect(watch.follow(0.892, 10)).toBe("Too loud");
	expect(watch.follow(0.5, 3000)).toBe("Too loud");
	expect(watch.follow(0.5, 3010)).toBe("Good");
});

test("below −60 dBFS it is silent, but not in a short rest", () => {
	const watch = new LevelWatch();
	expect(watch.follow(0, 0)).toBe("Silent");
	expect(watch.follow(0.0009, 1)).toBe("Silent");
	expect(watch.follow(0.0011, 2)).toBe("Good");
	expect(watch.follow(0, 900)).toBe("Good");
	expect(watch.follow(0, 1002)).toBe("Silent");
});
