import type { Scheduler } from "../scheduler.ts";

/**
 * Waits for a promise, but not for ever: the audio thread does not answer once its context is gone.
 *
 * @param after - the host's timer
 * @throws whatever the promise rejects with in time.
 */
export async function settledWithin(
	promise: Promise<void>,
	milliseconds: number,
	after: Scheduler["after"],
): Promise<void> {
	let cancel = (): void => {};
	const tooLate = new Promise<void>((resolve) => {
		cancel = after(milliseconds, resolve);
	});
	try {
		await Promise.race([promise, tooLate]);
	} finally {
		cancel();
	}
}
