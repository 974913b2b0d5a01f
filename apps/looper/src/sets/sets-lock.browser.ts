const lockName = "flitzis-looper-sets";
/** On a busy machine a page that is left lets go of the lock only after a while; one that lives says so at once. */
const mostMilliseconds = 10_000;

/**
 * Takes the lock of the sets until the page is closed: two pages would overwrite each other's changes.
 *
 * @throws Error with a sentence when another page has it
 */
export async function lockSets(): Promise<void> {
	const channel = new BroadcastChannel(lockName);
	const refusal = new AbortController();
	const timer = setTimeout(() => refusal.abort(), mostMilliseconds);
	let isTaken = false;
	channel.addEventListener("message", ({ data }) => {
		if (isTaken && data === "free?") channel.postMessage("taken");
		if (!isTaken && data === "taken") refusal.abort();
	});
	channel.postMessage("free?");
	try {
		await takeLock(refusal.signal);
	} catch (cause) {
		channel.close();
		throw new Error("Flitzis Looper is open in another tab.", { cause });
	} finally {
		clearTimeout(timer);
	}
	isTaken = true;
	channel.postMessage("taken");
	window.addEventListener("pagehide", () => channel.close());
}

function takeLock(signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		// Chromium misses an abort that comes soon after the request.
		signal.addEventListener("abort", () => reject(signal.reason), { once: true });
		const hold = (): Promise<never> | undefined => {
			// Too late: it is let go at once.
			if (signal.aborted) return undefined;
			resolve();
			return new Promise<never>(() => {});
		};
		navigator.locks.request(lockName, { signal }, hold).catch(reject);
	});
}
