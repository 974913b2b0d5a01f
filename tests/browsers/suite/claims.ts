/** A value as text in which everything that differs reads differently. */
function textOf(value: unknown): string {
	return JSON.stringify(value, (_key, part: unknown) => {
		if (part === undefined) return "undefined";
		if (typeof part === "number" && (!Number.isFinite(part) || Object.is(part, -0))) return `number ${part}`;
		return part;
	});
}

/** @throws Error that shows both, unless they are equal in every part. */
export function claimEqual(actual: unknown, expected: unknown, what: string): void {
	const [found, wanted] = [textOf(actual), textOf(expected)];
	if (found !== wanted) throw new Error(`${what}: expected ${wanted}, found ${found}`);
}

/** @throws Error unless it holds. */
export function claim(holds: boolean, what: string): void {
	if (!holds) throw new Error(what);
}

/** How many samples differ from a reference, and where the first does. */
function difference(actual: ArrayLike<number>, expected: ArrayLike<number>): string | null {
	const count = Math.max(actual.length, expected.length);
	for (let frame = 0; frame < count; frame++) {
		if (actual[frame] === expected[frame]) continue;
		return `frame ${frame} of ${expected.length}: expected ${expected[frame]}, heard ${actual[frame]}`;
	}
	return null;
}

/** @throws Error that names the first frame at which a channel is another than expected. */
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

/** @returns what a promise or a call fails with. @throws Error when it does not fail. */
export async function failureOf(attempt: () => unknown): Promise<{ name: string; code: string; message: string }> {
	try {
		await attempt();
	} catch (error) {
		const { name, code = "", message } = error as { name: string; code?: string; message: string };
		return { name, code, message };
	}
	throw new Error("it did not fail");
}
