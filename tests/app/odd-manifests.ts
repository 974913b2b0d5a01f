import type { Random } from "../../scripts/fuzz/random.mjs";

const oddTexts = [
	"null",
	"true",
	"-1",
	"0",
	"1e308",
	"1.5",
	"256",
	'"-Infinity"',
	'""',
	'"__proto__"',
	"[]",
	"{}",
	"[[]]",
];
const oddAddresses = [
	'"../../etc/passwd"',
	'"demo/../../x"',
	'"https://a.example/b"',
	'"demo/kick.wav"',
	'"javascript:1"',
];
const oddHashes = [`"${"A".repeat(64)}"`, `"${"0".repeat(64)}"`, '"../x"', '"abc"'];

/** Every place in a value, as a path. */
function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
	if (typeof value !== "object" || value === null) return [path];
	return [path, ...Object.entries(value).flatMap(([name, entry]) => pathsOf(entry, [...path, name]))];
}

/** A set's document in which some values are of another kind, out of range, missing, doubled or unknown. */
export function oddManifest(text: string, random: Random): string {
	const document = JSON.parse(text);
	for (let changes = random.size(5); changes > 0; changes--) {
		const path = random.pick(pathsOf(document).filter(({ length }) => length > 0));
		let owner = document;
		for (const part of path.slice(0, -1)) owner = owner[part];
		const name = path.at(-1)!;
		const choice = random.below(5);
		if (choice === 0) delete owner[name];
		else if (choice === 1) owner[`${name} `] = owner[name];
		else if (choice === 2 && Array.isArray(owner)) owner.push(owner[Number(name)]);
		else owner[name] = JSON.parse(random.pick([...oddTexts, ...oddAddresses, ...oddHashes]));
		const value = owner[name];
		if (typeof value === "object" && value !== null && random.below(4) === 0) value.url = "demo/none.wav";
	}
	return JSON.stringify(document);
}
