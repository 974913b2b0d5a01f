/** Waits for a value, but no longer than the signal lets it. @throws the signal's reason */
export async function untilAborted<Value>(value: Promise<Value>, signal: AbortSignal): Promise<Value> {
	// It may fail when nobody waits for it any more.
	value.catch(() => {});
	signal.throwIfAborted();
	let stopListening = (): void => {};
	const aborted = new Promise<never>((_, reject) => {
		const abort = (): void => reject(signal.reason);
		signal.addEventListener("abort", abort);
		stopListening = () => signal.removeEventListener("abort", abort);
	});
	try {
		return await Promise.race([value, aborted]);
	} finally {
		stopListening();
	}
}
