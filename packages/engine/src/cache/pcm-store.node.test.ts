import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/engine-harness.ts";
import { directoryStore } from "./pcm-store.node.ts";

const one = "01".repeat(39);
const other = "02".repeat(39);
const bytes = Uint8Array.from({ length: 3_000 }, (_, index) => index);

test("an entry exists once finished, and not before", async () => {
	const directory = join(temporaryFolder(), "made", "on", "demand");
	const store = directoryStore(directory);
	expect(await store.open(one)).toBeNull();
	const entry = await store.create(one);
	entry?.append(bytes);
	expect(await store.open(one)).toBeNull();
	entry?.append(bytes);
	await entry?.finish();
	const found = await store.open(one);
	expect(found?.bytes.byteLength).toBe(6_000);
	expect(found?.bytes.read(2_999, 3_001)).toEqual(Uint8Array.of(bytes[2_999] ?? 0, ...bytes));
	found?.close();
	expect(readdirSync(directory)).toEqual([one]);
	await store.remove(one);
	await store.remove(one);
	expect(readdirSync(directory)).toEqual([]);
});

test("a discarded entry leaves nothing, and the older entry stays", async () => {
	const directory = temporaryFolder();
	const store = directoryStore(directory);
	writeFileSync(join(directory, one), "older");
	const entry = await store.create(one);
	entry?.append(bytes);
	await entry?.discard();
	expect(readdirSync(directory)).toEqual([one]);
	expect(readFileSync(join(directory, one), "utf8")).toBe("older");
});

test("only the user can read entries", async () => {
	const directory = join(temporaryFolder(), "cache");
	await (await directoryStore(directory).create(one))?.finish();
	expect(statSync(directory).mode & 0o777).toBe(0o700);
	expect(statSync(join(directory, one)).mode & 0o777).toBe(0o600);
});

test("two concurrent writers of one entry each leave it complete", async () => {
	const store = directoryStore(temporaryFolder());
	const writers = await Promise.all([store.create(one), store.create(one)]);
	for (const writer of writers) writer?.append(bytes.subarray(0, 1_000));
	for (const writer of writers) writer?.append(bytes.subarray(1_000));
	for (const writer of writers) {
		await writer?.finish();
		const found = await store.open(one);
		expect(found?.bytes.read(0, 3_000)).toEqual(bytes);
		found?.close();
	}
});

test("links, pipes and folders with an entry's name are not read, and other files are not listed", async () => {
	const directory = temporaryFolder();
	const store = directoryStore(directory);
	writeFileSync(join(directory, "notes.txt"), "mine");
	writeFileSync(join(directory, `${one}.txt`), "mine, too");
	symlinkSync(join(directory, "notes.txt"), join(directory, one));
	await expect(store.open(one)).rejects.toMatchObject({ code: "ELOOP" });
	mkdirSync(join(directory, other));
	expect(await store.open(other)).toBeNull();
	const pipe = "03".repeat(39);
	execFileSync("mkfifo", [join(directory, pipe)]);
	expect(await store.open(pipe)).toBeNull();
	expect(await store.list()).toEqual([]);
});

test("entries and unfinished files are listed with their size and last use", async () => {
	const directory = temporaryFolder();
	const store = directoryStore(directory);
	const unfinished = `${other}.00000000-0000-4000-8000-000000000000`;
	writeFileSync(join(directory, one), bytes);
	writeFileSync(join(directory, unfinished), bytes.subarray(0, 10));
	utimesSync(join(directory, one), 1_000, 1_000);
	utimesSync(join(directory, unfinished), 2_000, 2_000);
	expect((await store.list()).toSorted((a, b) => a.usedAt - b.usedAt)).toEqual([
		{ name: one, bytes: 3_000, usedAt: 1_000_000 },
		{ name: unfinished, bytes: 10, usedAt: 2_000_000 },
	]);
	const found = await store.open(one);
	found?.touch();
	found?.close();
	const [newest] = (await store.list()).toSorted((a, b) => b.usedAt - a.usedAt);
	expect(newest?.name).toBe(one);
	await store.remove(unfinished);
	expect(readdirSync(directory)).toEqual([one]);
});
