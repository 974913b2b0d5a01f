import { expect, test } from "vitest";
import { obstaclesOn, type Platform } from "./platform.ts";

const good: Platform = {
	isSecureContext: true,
	crossOriginIsolated: true,
	SharedArrayBuffer,
	AudioWorkletNode: () => {},
	WebAssembly: {},
};

function remedies(platform: Platform): string {
	return obstaclesOn(platform)
		.map(({ remedy }) => remedy)
		.join("\n");
}

test("an isolated page in a current browser has no obstacles", () => {
	expect(obstaclesOn(good)).toEqual([]);
});

test("a page without isolation is told the two headers", () => {
	const text = remedies({ ...good, crossOriginIsolated: false });
	expect(text).toContain("Cross-Origin-Opener-Policy: same-origin");
	expect(text).toContain("Cross-Origin-Embedder-Policy: require-corp");
});

test("an isolated page without shared memory has the same obstacle", () => {
	expect(obstaclesOn({ ...good, SharedArrayBuffer: undefined })).toHaveLength(1);
});

test("a page over plain http is told of the connection first, not of a missing audio thread", () => {
	const found = obstaclesOn({ ...good, isSecureContext: false, AudioWorkletNode: undefined });
	expect(found.map(({ what }) => what)).toEqual(["The page was not opened over a secure connection."]);
});

test("an old browser is told to update", () => {
	expect(remedies({ ...good, AudioWorkletNode: undefined })).toContain("Update the browser");
	expect(remedies({ ...good, WebAssembly: undefined })).toContain("current Chrome");
});
