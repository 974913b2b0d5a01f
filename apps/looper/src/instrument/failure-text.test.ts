import { expect, test } from "vitest";
import { failureText } from "./failure-text.ts";

test("short memory is told with what a performer can do", () => {
	const msg = "36700160 bytes do not fit into the memory budget; raise memoryBudget or unload samples";
	const text = failureText({ code: "out-of-memory", msg });
	expect(text).toMatch(/^Too little memory .* Empty pads/);
	expect(text).not.toMatch(/budget/i);
});

test("every other failure is told as the engine tells it", () => {
	for (const code of ["file-not-found", "malformed-audio", "unsupported-format", "worker-crashed"] as const) {
		expect(failureText({ code, msg: `about ${code}` })).toBe(`about ${code}`);
	}
});
