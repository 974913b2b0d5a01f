import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { hashBlob } from "./hash-blob.ts";

const digest = (algorithm: "SHA-256", bytes: ArrayBuffer): Promise<ArrayBuffer> =>
	crypto.subtle.digest(algorithm, bytes);

test("a file that is hashed at once and one that is hashed in pieces have their SHA-256", async () => {
	for (const length of [0, 1000, 2 ** 25, 2 ** 25 + 1]) {
		const bytes = new Uint8Array(length).map((_, index) => index * 7);
		const expected = createHash("sha256").update(bytes).digest("hex");
		expect(await hashBlob(new Blob([bytes]), digest)).toBe(expected);
	}
});
