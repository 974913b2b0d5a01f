import { expect, test, vi } from "vitest";
import { silently, started, type Timer } from "./wasm-decoder.ts";

/** A timer that is stepped manually. */
function steppedTimer() {
	const callbacks = new Map<number, () => void>();
	let lastHandle = 0;
	const timer: Timer = {
		setTimeout: (callback) => {
			callbacks.set(++lastHandle, callback);
			return lastHandle;
		},
		clearTimeout: (handle) => {
			callbacks.delete(handle as number);
		},
	};
	return { timer, callbacks };
}

test("a library that never starts is abandoned with the reason", async () => {
	const { timer, callbacks } = steppedTimer();
	const waiting = started(new Promise(() => {}), "MP3", timer);
	for (const callback of callbacks.values()) callback();
	await expect(waiting).rejects.toMatchObject({
		code: "timed-out",
		message: expect.stringMatching(/MP3 decoder did not start within 4 s.*content security policy/),
	});
	expect(callbacks.size).toBe(0);
});

test("a library that starts leaves no timer behind", async () => {
	const { timer, callbacks } = steppedTimer();
	await started(Promise.resolve(), "MP3", timer);
	expect(callbacks.size).toBe(0);
});

test("a library that fails to start passes the reason on and leaves no timer behind", async () => {
	const { timer, callbacks } = steppedTimer();
	await expect(started(Promise.reject(new Error("no memory")), "MP3", timer)).rejects.toThrow("no memory");
	expect(callbacks.size).toBe(0);
});

test("a library's messages do not reach the console, which is restored afterwards", () => {
	const spy = vi.spyOn(console, "error").mockImplementation(() => {});
	const before = console.error;
	const chatter = () => {
		console.error("chatter");
		return 7;
	};
	expect(silently(chatter)).toBe(7);
	expect(() =>
		silently(() => {
			throw new Error("trap");
		}),
	).toThrow("trap");
	expect(console.error).toBe(before);
	expect(spy).not.toHaveBeenCalled();
	spy.mockRestore();
});

test("a library that logs endlessly is aborted", () => {
	const endless = () => {
		for (;;) console.error("mpg123: broken");
	};
	expect(() => silently(endless)).toThrow("mpg123: broken");
});
