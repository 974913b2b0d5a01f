import { expect, test } from "vitest";
import { failureText } from "./failure-text.ts";

test("a lack of memory is described by what a performer can do about it", () => {
	const msg = "36700160 bytes do not fit into the memory budget; raise memoryBudget or unload samples";
	const text = failureText({ code: "out-of-memory", msg });
	expect(text).toMatch(/^Not enough memory .* Empty pads/);
	expect(text).not.toMatch(/budget/i);
});

test("every other failure keeps the engine's message", () => {
	for (const code of ["file-not-found", "malformed-audio", "unsupported-format", "worker-crashed"] as const) {
		expect(failureText({ code, msg: `about ${code}` })).toBe(`about ${code}`);
	}
});
