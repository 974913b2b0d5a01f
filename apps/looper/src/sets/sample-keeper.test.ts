import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { MemoryStorage } from "./memory-storage.ts";
import { fileNameOf } from "./readable-blob.ts";
import { SampleKeeper } from "./sample-keeper.ts";

const platform: ConstructorParameters<typeof SampleKeeper>[1] = {
	digest: (algorithm, bytes) => crypto.subtle.digest(algorithm, bytes),
	nameFile: (content, name) => Object.assign(content.slice(), { name }),
};

function sha256(text: string): string {
	return createHash("sha256").update(text).digest("hex");
}

test("a file is stored by its hash and under its name, or its title when it has none", async () => {
	const storage = new MemoryStorage();
	const keeper = new SampleKeeper(storage, platform);
	const named = Object.assign(new Blob(["one"]), { name: "one.wav" });
	const nameless = new Blob(["two"]);
	expect(keeper.referenceOf(named)).toBeNull();
	await Promise.all([keeper.keep(named, "One"), keeper.keep(named, "One"), keeper.keep(nameless, "Two")]);
	expect(keeper.referenceOf(named)).toEqual({ sha256: sha256("one"), bytes: 3, name: "one.wav" });
	expect(keeper.referenceOf(nameless)).toMatchObject({ name: "Two" });
	expect([...storage.samples.keys()]).toEqual([sha256("one"), sha256("two")]);
});

test("a stored file of another length is not whole: it is not read, but written again", async () => {
	const storage = new MemoryStorage();
	storage.samples.set(sha256("one"), new Blob(["o"]));
	const keeper = new SampleKeeper(storage, platform);
	const reference = { sha256: sha256("one"), bytes: 3, name: "one.wav" };
	expect(await keeper.read(reference)).toBeNull();
	await keeper.keep(new Blob(["one"]), "One");
	expect((await keeper.read(reference))?.size).toBe(3);
});

test("a file that cannot be stored can be tried again, and does not keep others from being stored", async () => {
	const storage = new MemoryStorage();
	const keeper = new SampleKeeper(storage, platform);
	const file = new Blob(["one"]);
	storage.refusal = new Error("Full.");
	await expect(keeper.keep(file, "One")).rejects.toThrow("Full.");
	expect(keeper.referenceOf(file)).toBeNull();
	storage.refusal = null;
	await keeper.keep(file, "One");
	expect(keeper.referenceOf(file)).not.toBeNull();
});

test("a stored file is read from its copy, under its own name", async () => {
	const keeper = new SampleKeeper(new MemoryStorage(), platform);
	const file = Object.assign(new Blob(["one"]), { name: "one 97bpm.wav" });
	expect(keeper.copyOf(file)).toBe(file);
	await keeper.keep(file, "One");
	const copy = keeper.copyOf(file);
	expect(copy).not.toBe(file);
	expect([await copy.text(), fileNameOf(copy)]).toEqual(["one", "one 97bpm.wav"]);
});

test("files that no set names are removed, but none that this page has used or is writing", async () => {
	const storage = new MemoryStorage();
	const keeper = new SampleKeeper(storage, platform);
	await keeper.keep(new Blob(["used"]), "Used");
	for (const name of [sha256("named"), sha256("unused"), `${sha256("used")}.crswap`])
		storage.samples.set(name, new Blob([]));
	await keeper.removeUnused([`{ damaged "${sha256("named")}`]);
	expect([...storage.samples.keys()]).toEqual([sha256("used"), sha256("named"), `${sha256("used")}.crswap`]);
});
