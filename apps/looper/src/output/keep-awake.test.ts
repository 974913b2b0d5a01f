import { expect, test } from "vitest";
import { KeepAwake, type ScreenLock } from "./keep-awake.ts";

/** A screen whose locks are granted or refused; those that were given, the latest last. */
function screen() {
	const locks: { released: boolean; release(): Promise<void> }[] = [];
	const state = { isAllowed: true, requests: 0 };
	const requestLock = (): Promise<ScreenLock> => {
		state.requests++;
		if (!state.isAllowed) return Promise.reject(new Error("NotAllowedError"));
		const lock = {
			released: false,
			release() {
				lock.released = true;
				return Promise.resolve();
			},
		};
		locks.push(lock);
		return Promise.resolve(lock);
	};
	return { awake: new KeepAwake({ requestLock }), locks, state };
}

test("one lock is held while it is wanted, and released when it is not", async () => {
	const { awake, locks } = screen();
	await awake.want(true);
	await awake.want(true);
	expect(locks.map(({ released }) => released)).toEqual([false]);
	await awake.want(false);
	expect(locks.map(({ released }) => released)).toEqual([true]);
});

test("a lock that the platform released is taken again when the page is back, if it is still wanted", async () => {
	const { awake, locks } = screen();
	await awake.want(true);
	locks[0]!.released = true;
	await awake.comeBack();
	expect(locks.map(({ released }) => released)).toEqual([true, false]);
	await awake.want(false);
	await awake.comeBack();
	expect(locks.length).toBe(2);
});

test("a refusal is no failure, and the next sound asks again", async () => {
	const { awake, locks, state } = screen();
	state.isAllowed = false;
	await awake.want(true);
	await awake.want(false);
	state.isAllowed = true;
	await awake.want(true);
	expect([state.requests, locks.length]).toEqual([2, 1]);
});

test("a wish that changes while the platform decides is met", async () => {
	const { awake, locks } = screen();
	const first = awake.want(true);
	await awake.want(false);
	await first;
	expect(locks.map(({ released }) => released)).toEqual([true]);
});
