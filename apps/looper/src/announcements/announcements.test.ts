import { expect, test } from "vitest";
import { Announcements } from "./announcements.ts";

test("news are said at once, and then at most every half second, together", () => {
	const announcements = new Announcements();
	announcements.add("queued", "Kick");
	expect(announcements.next(1000)).toBe("Queued: Kick.");
	announcements.add("started", "Kick");
	expect(announcements.next(1499)).toBeNull();
	announcements.add("started", "Snare");
	announcements.add("failed", "Words");
	announcements.add("queued", "Bass");
	expect(announcements.next(1500)).toBe("Failed to load: Words. Queued: Bass. Started: Kick, Snare.");
	expect(announcements.next(9000)).toBeNull();
});

test("what has started is not said to be queued, and nothing is said twice", () => {
	const announcements = new Announcements();
	announcements.add("queued", "Kick");
	announcements.add("started", "Kick");
	announcements.add("started", "Kick");
	expect(announcements.next(0)).toBe("Started: Kick.");
});

test("many pads are counted", () => {
	const announcements = new Announcements();
	for (let pad = 1; pad <= 5; pad++) announcements.add("started", `Pad ${pad}`);
	expect(announcements.next(0)).toBe("Started: 5 pads.");
});
