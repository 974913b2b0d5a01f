/**
 * Rejects options that do not exist, which would be ignored in silence.
 *
 * @param names - every option that there is
 * @throws TypeError, naming the option and the nearest one that exists.
 */
export function checkKnown(options: object, names: Readonly<Record<string, true>>, prefix: string = ""): void {
	for (const name of Object.keys(options)) {
		if (Object.hasOwn(names, name)) continue;
		const known = Object.keys(names);
		const nearest = known.reduce((best, other) => (distance(name, other) < distance(name, best) ? other : best));
		throw new TypeError(`There is no option ${prefix}${name}. The nearest is ${prefix}${nearest}.`);
	}
}

/**
 * How many letters have to be added, removed or replaced, capitals apart.
 *
 * Source: R. Wagner, M. Fischer, "The String-to-String Correction Problem" (1974).
 */
function distance(one: string, other: string): number {
	const [from, to] = [one.toLowerCase(), other.toLowerCase()];
	let row = Array.from({ length: to.length + 1 }, (_, index) => index);
	for (let line = 0; line < from.length; line++) {
		const letter = from[line];
		const next = [line + 1];
		for (let column = 0; column < to.length; column++) {
			const replaced = (row[column] ?? 0) + (letter === to[column] ? 0 : 1);
			next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
		}
		row = next;
	}
	return row.at(-1) ?? 0;
}
