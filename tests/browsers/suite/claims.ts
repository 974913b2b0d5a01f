/** A textual form that differs for different values. */
function textOf(value: unknown): string {
	return JSON.stringify(value, (_key, part: unknown) => {
		if (part === undefined) return "undefined";
		if (typeof part === "number" && (!Number.isFinite(part) || Object.is(part, -0))) return `number ${part}`;
		return part;
	});
}

/** @throws Error with both values, unless they are deeply equal. */
export function claimEqual(actual: unknown, expected: unknown, what: string): void {
	const [found, wanted] = [textOf(actual), textOf(expected)];
	if (found !== wanted) throw new Error(`${what}: expected ${wanted}, found ${found}`);
}

/** @throws Error unless it holds. */
export function claim(holds: boolean, what: string): void {
	if (!holds) throw new Error(what);
}

/** The number of samples that differ from a reference, and the first one. */
function difference(actual: ArrayLike<number>, expected: ArrayLike<number>): string | null {
	const count = Math.max(actual.length, expected.length);
	for (let frame = 0; frame < count; frame++) {
		if (actual[frame] === expected[frame]) continue;
		return `frame ${frame} of ${expected.length}: expected ${expected[frame]}, found ${actual[frame]}`;
	}
	return null;
}

/** @throws Error with the first frame at which a channel differs. */
export function claimSamples(
	actual: readonly ArrayLike<number>[],
	expected: readonly ArrayLike<number>[],
	what: string,
): void {
	claimEqual(actual.length, expected.length, `${what}, channels`);
	for (const [channel, samples] of expected.entries()) {
		const found = difference(actual[channel] ?? [], samples);
		if (found !== null) throw new Error(`${what}, channel ${channel}, ${found}`);
	}
}

/** @returns the error of a promise or a call. @throws Error if it does not fail. */
export async function failureOf(attempt: () => unknown): Promise<{ name: string; code: string; message: string }> {
	try {
		await attempt();
	} catch (error) {
		const { name, code = "", message } = error as { name: string; code?: string; message: string };
		return { name, code, message };
	}
	throw new Error("The call did not fail.");
}
