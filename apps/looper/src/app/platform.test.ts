import { expect, test } from "vitest";
import { memoryBudgetOf, obstaclesOn, type Platform } from "./platform.ts";

const good: Platform = {
	isSecureContext: true,
	AudioWorkletNode: () => {},
	WebAssembly: {},
};

function remedies(platform: Platform): string {
	return obstaclesOn(platform)
		.map(({ remedy }) => remedy)
		.join("\n");
}

test("a current browser over a secure connection has no obstacles, isolated or not", () => {
	expect(obstaclesOn(good)).toEqual([]);
});

test("a page over plain http is told of the connection first, not of a missing audio thread", () => {
	const found = obstaclesOn({ ...good, isSecureContext: false, AudioWorkletNode: undefined });
	expect(found.map(({ what }) => what)).toEqual(["The page was not opened over a secure connection."]);
});

test("an old browser is told to update", () => {
	expect(remedies({ ...good, AudioWorkletNode: undefined })).toContain("Update the browser");
	expect(remedies({ ...good, WebAssembly: undefined })).toContain("current Chrome");
});

test("samples may take half of the memory that the browser tells, from 256 MiB to 3 GiB", () => {
	const gibibyte = 2 ** 30;
	const budgets = [0.25, 1, 2, 4, 8, 32].map((deviceMemory) => memoryBudgetOf({ deviceMemory }));
	expect(budgets).toEqual([gibibyte / 4, gibibyte / 2, gibibyte, 2 * gibibyte, 3 * gibibyte, 3 * gibibyte]);
});

test("a browser that does not tell its memory leaves 1 GiB for samples", () => {
	for (const browser of [{}, { deviceMemory: Number.NaN }, { deviceMemory: "8" }]) {
		expect(memoryBudgetOf(browser)).toBe(2 ** 30);
	}
});
