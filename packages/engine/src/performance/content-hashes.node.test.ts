import { createHash, webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { temporaryFile, temporaryFolder } from "../../test/engine-harness.ts";
import { randomBytes, seededRandom } from "../../test/fixtures.ts";
import { PiecewiseHash } from "../source/piecewise-hash.ts";
import { contentHashes } from "./content-hashes.node.ts";

const MEBIBYTE = 2 ** 20;

function sha256(path: string): string {
	return createHash("sha256").update(readFileSync(path)).digest("hex");
}

test("a file of up to 16 MiB has one name, its SHA-256", async () => {
	const path = temporaryFile("short.bin", new Uint8Array(16 * MEBIBYTE));
	expect(await contentHashes(path)).toEqual([sha256(path)]);
});

test("a longer file has the name that browsers give it, too", async () => {
	const bytes = randomBytes(16 * MEBIBYTE + 1, seededRandom(5));
	const path = temporaryFile("long.bin", bytes);
	const inBrowsers = new PiecewiseHash((algorithm, piece) => webcrypto.subtle.digest(algorithm, piece));
	await inBrowsers.update(bytes);
	expect(await contentHashes(path)).toEqual([sha256(path), await inBrowsers.digest()]);
});

test("a file that is not there, and a reading that is ended, fail", async () => {
	await expect(contentHashes("/no/such/file")).rejects.toMatchObject({
		code: "file-not-found",
		message: "There is no file /no/such/file. Check its name.",
	});
	await expect(contentHashes(temporaryFolder())).rejects.toMatchObject({ code: "read-failed" });
	const path = temporaryFile("some.bin", new Uint8Array(10));
	await expect(contentHashes(path, AbortSignal.abort())).rejects.toMatchObject({ name: "AbortError" });
});
