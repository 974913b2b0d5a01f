import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { countedWindow } from "../../test/byte-sources.ts";
import { randomBytes, seededRandom } from "../../test/fixtures.ts";
import { type ByteSource, MAX_READ_BYTES, memorySource } from "./byte-source.ts";
import { FINGERPRINT_BYTES, fingerprintOf } from "./fingerprint.ts";

const bytes = randomBytes(3 * MAX_READ_BYTES, seededRandom(5));
const platform = { hash: async (data: Uint8Array) => createHash("sha256").update(data).digest("hex") };

function changed(offset: number): Uint8Array {
	const copy = bytes.slice();
	copy[offset]! ^= 1;
	return copy;
}

function fingerprint(data: Uint8Array): Promise<string> {
	return fingerprintOf(memorySource(data), platform);
}

test("it depends only on the length and the first and last 64 KiB", async () => {
	const known = await fingerprint(bytes);
	expect(known).toMatch(/^[0-9a-f]{64}$/);
	for (const offset of [FINGERPRINT_BYTES, bytes.length / 2, bytes.length - FINGERPRINT_BYTES - 1]) {
		expect(await fingerprint(changed(offset))).toBe(known);
	}
	for (const offset of [0, FINGERPRINT_BYTES - 1, bytes.length - FINGERPRINT_BYTES, bytes.length - 1]) {
		expect(await fingerprint(changed(offset))).not.toBe(known);
	}
	const shorter = new Uint8Array([...bytes.subarray(0, 100_000), ...bytes.subarray(100_001)]);
	expect(await fingerprint(shorter)).not.toBe(known);
});

test("computing it leaves the source's window at the start, where decoding begins", async () => {
	const { source, fills } = countedWindow(bytes);
	expect(await fingerprintOf(source, platform)).toBe(await fingerprint(bytes));
	source.read(0, MAX_READ_BYTES);
	expect(fills()).toBe(2);
});

test("a source that became shorter is an error", async () => {
	const whole = memorySource(bytes.subarray(0, -1));
	const cut: ByteSource = {
		byteLength: bytes.length,
		read: (byteOffset, byteLength) => whole.read(byteOffset, byteLength),
	};
	await expect(fingerprintOf(cut, platform)).rejects.toMatchObject({ code: "read-failed" });
});
