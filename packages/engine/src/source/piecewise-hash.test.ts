import { createHash, webcrypto } from "node:crypto";
import { expect, test } from "vitest";
import { randomBytes, seededRandom } from "../../test/fixtures.ts";
import { PiecewiseHash } from "./piecewise-hash.ts";

const SEED = 11;
const MEBIBYTE = 2 ** 20;

async function hashOf(pieces: readonly Uint8Array[]): Promise<string> {
	const hash = new PiecewiseHash((algorithm, bytes) => webcrypto.subtle.digest(algorithm, bytes));
	for (const piece of pieces) {
		const lent = piece.slice();
		await hash.update(lent);
		lent.fill(0);
	}
	return hash.digest();
}

const random = seededRandom(SEED);
const bytes = randomBytes(3 * MEBIBYTE + 12_345, random);

test("the hash is the SHA-384 of the list of each MiB's SHA-256, truncated to 32 bytes", async () => {
	const list = [0, 1, 2, 3].map((index) => {
		const piece = bytes.subarray(index * MEBIBYTE, (index + 1) * MEBIBYTE);
		return createHash("sha256").update(piece).digest();
	});
	const expected = createHash("sha384").update(Buffer.concat(list)).digest("hex").slice(0, 64);
	expect(await hashOf([bytes])).toBe(expected);
});

test(`the hash does not depend on how the bytes are split (seed ${SEED})`, async () => {
	const pieces = [];
	for (let offset = 0; offset < bytes.length; ) {
		const length = 1 + Math.floor(random() * 700_000);
		pieces.push(bytes.subarray(offset, offset + length));
		offset += length;
	}
	expect(await hashOf(pieces)).toBe(await hashOf([bytes]));
});

test("bytes that differ in one bit or in length have different hashes", async () => {
	const flipped = bytes.slice();
	flipped[2 * MEBIBYTE]! ^= 1;
	const hashes = await Promise.all([[bytes], [flipped], [bytes.subarray(1)], [bytes.subarray(0, -1)]].map(hashOf));
	expect(new Set(hashes).size).toBe(hashes.length);
});

test("shared memory has the hash of its copy", async () => {
	const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
	shared.set(bytes);
	const hash = new PiecewiseHash((algorithm, piece) => webcrypto.subtle.digest(algorithm, piece));
	await hash.update(shared);
	expect(await hash.digest()).toBe(await hashOf([bytes]));
});

test("the caller may reuse its bytes immediately", async () => {
	const hash = new PiecewiseHash((algorithm, piece) => webcrypto.subtle.digest(algorithm, piece));
	const lent = bytes.slice();
	const updates = [0, MEBIBYTE, 2 * MEBIBYTE + 5].map((from, index, all) => {
		const piece = lent.subarray(from, all[index + 1]);
		const update = hash.update(piece);
		piece.fill(0);
		return update;
	});
	await Promise.all(updates);
	expect(await hash.digest()).toBe(await hashOf([bytes]));
});
