/** Waits for a value, but no longer than the signal lets it. @throws the signal's reason */
export async function untilAborted<Value>(value: Promise<Value>, signal: AbortSignal): Promise<Value> {
	// It may fail when nobody waits for it any more.
	value.catch(() => {});
	signal.throwIfAborted();
	const aborted = new Promise<never>((_, reject) => {
		signal.addEventListener("abort", () => reject(signal.reason), { once: true });
	});
	return await Promise.race([value, aborted]);
}
