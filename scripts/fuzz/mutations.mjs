/** @typedef {import("./random.mjs").Random} Random */
/** @typedef {(bytes: Uint8Array, random: Random, donor: Uint8Array) => Uint8Array} Mutation */

const INTERESTING = [0, 1, 2, 7, 8, 255, 256, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];
/** Changed bits matter most in headers. */
const HEADER_BYTES = 512;

/** @param {Uint8Array} bytes @param {Random} random */
function position(bytes, random) {
	const isHeader = random.below(2) === 0;
	return random.below(isHeader ? Math.min(bytes.length, HEADER_BYTES) : bytes.length);
}

/** @param {Uint8Array[]} parts */
function join(...parts) {
	return new Uint8Array(Buffer.concat(parts));
}

/** @type {Mutation} */
function flipBits(bytes, random) {
	for (let flips = random.size(64); flips > 0; flips--) {
		const at = position(bytes, random);
		bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
	}
	return bytes;
}

/** @type {Mutation} */
function truncate(bytes, random) {
	return bytes.subarray(0, position(bytes, random));
}

/** @type {Mutation} */
function remove(bytes, random) {
	const at = position(bytes, random);
	return join(bytes.subarray(0, at), bytes.subarray(at + random.size(bytes.length)));
}

/** @type {Mutation} */
function insert(bytes, random) {
	const at = position(bytes, random);
	const inserted = Uint8Array.from({ length: random.size(4096) }, () => random.below(256));
	return join(bytes.subarray(0, at), inserted, bytes.subarray(at));
}

/** Inserts a part of another file. @type {Mutation} */
function splice(bytes, random, donor) {
	const at = position(bytes, random);
	const from = position(donor, random);
	const stretch = donor.subarray(from, from + random.size(donor.length));
	return join(bytes.subarray(0, at), stretch, bytes.subarray(at + random.below(stretch.length + 1)));
}

/** Repeats a part of the file. @type {Mutation} */
function repeat(bytes, random) {
	const from = position(bytes, random);
	const stretch = bytes.subarray(from, from + random.size(8192));
	return join(bytes.subarray(0, from), stretch, bytes.subarray(from));
}

/** @type {Mutation} */
function blank(bytes, random) {
	const from = position(bytes, random);
	return bytes.fill(random.pick([0, 0xff, 0x55]), from, from + random.size(bytes.length));
}

/** Overwrites a possible length: next to a four-letter name, or anywhere in the header. @type {Mutation} */
function editLength(bytes, random) {
	const names = fourLetterNames(bytes);
	const name = names.length > 0 && random.below(4) > 0 ? random.pick(names) : position(bytes, random);
	const at = name + random.pick([-4, 4, 4, 8, 12]);
	const width = random.pick([1, 2, 4, 4, 4, 8]);
	if (at < 0 || at + width > bytes.length) return flipBits(bytes, random, bytes);
	const isLittle = random.below(2) === 0;
	const value = random.below(4) === 0 ? bytes.length + random.below(17) - 8 : random.pick(INTERESTING);
	for (let index = 0; index < width; index++) {
		const place = isLittle ? index : width - 1 - index;
		bytes[at + index] = Math.floor((value >>> 0) / 2 ** (8 * place));
	}
	return bytes;
}

/** @param {Uint8Array} bytes @returns {number[]} possible offsets of chunks, boxes and pages. */
function fourLetterNames(bytes) {
	const names = [];
	let letters = 0;
	for (const [index, byte] of bytes.subarray(0, 65_536).entries()) {
		const isLetter = byte === 0x20 || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
		letters = isLetter ? letters + 1 : 0;
		if (letters === 4) names.push(index - 3);
	}
	return names;
}

/** @type {Readonly<Record<string, Mutation>>} */
const mutations = { flipBits, truncate, remove, insert, splice, repeat, blank, editLength };

/**
 * Damages a file in one to four ways.
 *
 * @param {Uint8Array} file - not modified
 * @param {Random} random
 * @param {Uint8Array} donor - a file to copy parts from
 * @returns {{ bytes: Uint8Array, ways: string[] }}
 */
export function mutate(file, random, donor) {
	/** @type {Uint8Array} */
	let bytes = new Uint8Array(file);
	const ways = [];
	for (let left = random.size(4); left > 0 && bytes.length > 0; left--) {
		const [way, mutation] = random.pick(Object.entries(mutations));
		ways.push(way);
		bytes = new Uint8Array(mutation(bytes, random, donor));
	}
	return { bytes, ways };
}
