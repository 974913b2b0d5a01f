import { createHash, type Hash } from "node:crypto";
import { expect, test } from "vitest";
import { parseSet } from "./parse-set.ts";
import type { ReadableBlob } from "./readable-blob.ts";
import { SetsHarness, type TestTools } from "./sets-harness.ts";

const tools: TestTools = {
	// At once, so that time passes step by step.
	digest: (_algorithm, bytes) => Promise.resolve(Uint8Array.from(hash(new Uint8Array(bytes)).digest()).buffer),
	makeBlob: (parts) => new Blob([...parts] as Blob[]),
	turn: () => new Promise((resolve) => setImmediate(resolve)),
};

function hash(content: string | Uint8Array): Hash {
	return createHash("sha256").update(content);
}

function file(name: string, content: string = name): ReadableBlob & { readonly name: string } {
	const { buffer } = new TextEncoder().encode(content);
	return Object.assign(new Blob([content]), { name, arrayBuffer: () => Promise.resolve(buffer) });
}

function sha256(content: string): string {
	return hash(content).digest("hex");
}

async function opened(): Promise<SetsHarness> {
	const harness = new SetsHarness(tools);
	await harness.open();
	return harness;
}

test("the first start begins a set and opens none", async () => {
	const harness = new SetsHarness(tools);
	expect(await harness.open()).toBe(false);
	expect(harness.sets.current?.name).toBe("Set 1");
	expect(harness.storage.sets.size).toBe(0);
});

test("what was put on the pads while the storage was being opened is kept", async () => {
	const harness = new SetsHarness(tools);
	await harness.open(() => harness.put(0, file("kick.wav"), "Kick"));
	await harness.elapse();
	expect([...harness.storage.samples.keys()]).toEqual([sha256("kick.wav")]);
	await harness.open();
	expect(harness.titles()).toEqual({ 0: "Kick" });
});

test("pads, settings and colours are back after a reload, and nothing can be undone", async () => {
	const harness = await opened();
	const { instrument } = harness.page;
	harness.put(3, file("kick.wav"), "Kick");
	harness.put(5, "https://looper.test/app/demo/bell.wav", "Bell");
	instrument.pads.set(3, {
		gainDecibels: -6,
		eq: { lowDecibels: Number.NEGATIVE_INFINITY, midDecibels: 0, highDecibels: 0 },
	});
	instrument.pads.set(9, { chokeGroup: 2 });
	instrument.settings.set({ tempo: 97.5, masterGainDecibels: -9 });
	await harness.elapse();
	expect(await harness.open()).toBe(true);
	const { pads, settings, history } = harness.page.instrument;
	expect(harness.titles()).toEqual({ 3: "Kick", 5: "Bell" });
	expect(pads.states[5]?.sample).toMatchObject({ source: "https://looper.test/app/demo/bell.wav", isDemo: true });
	expect(pads.states[3]?.settings).toMatchObject({ gainDecibels: -6, eq: { lowDecibels: Number.NEGATIVE_INFINITY } });
	expect(pads.states[9]?.settings.chokeGroup).toBe(2);
	expect(settings.settings).toMatchObject({ tempo: 97.5, masterGainDecibels: -9 });
	expect([history.canUndo, history.canRedo]).toEqual([false, false]);
	expect(harness.page.notices).toEqual([]);
});

test("a file is stored once, however many pads and sets have it", async () => {
	const harness = await opened();
	harness.put(0, file("kick.wav", "one"), "Kick");
	harness.put(1, file("other name.wav", "one"), "Kick");
	await harness.elapse();
	await harness.sets.duplicate();
	expect([...harness.storage.samples.keys()]).toEqual([sha256("one")]);
	expect(harness.storage.sets.size).toBe(2);
});

test("an edit is saved after a quarter of a second, without waiting for a sample", async () => {
	const harness = await opened();
	harness.page.instrument.pads.set(0, { gainDecibels: -3 });
	expect(harness.storage.sets.size).toBe(0);
	await harness.elapse();
	const [stored] = harness.storage.sets.values();
	expect(parseSet(stored?.text ?? "").document.pads).toMatchObject([{ pad: 0, settings: { gainDecibels: -3 } }]);
});

test("what is edited just before the page is left is back", async () => {
	const harness = await opened();
	harness.put(0, file("kick.wav"), "Kick");
	await harness.elapse();
	harness.page.instrument.pads.set(0, { pan: 0.25 });
	harness.sets.saveDraft();
	await harness.open();
	expect(harness.page.instrument.pads.states[0]).toMatchObject({ sample: { title: "Kick" }, settings: { pan: 0.25 } });
	await harness.elapse();
	expect(harness.memory.read("draft")).toBeNull();
});

test("a pad whose new file is not stored yet comes back with the sample before it, and all else as it was", async () => {
	const harness = await opened();
	harness.put(0, file("kick.wav"), "Kick");
	await harness.elapse();
	const { pads } = harness.page.instrument;
	harness.put(0, file("bell.wav"), "Bell");
	harness.put(1, file("snare.wav"), "Snare");
	pads.set(0, { pan: 0.25 });
	harness.sets.saveDraft();
	await harness.open();
	expect(harness.titles()).toEqual({ 0: "Kick" });
	expect(harness.page.instrument.pads.states[0]?.settings.pan).toBe(0.25);
});

test("a file is stored at once, so that the first save of its set has it", async () => {
	const harness = await opened();
	harness.put(0, file("kick.wav"), "Kick");
	await tools.turn();
	await harness.elapse(1);
	await harness.open();
	expect(harness.titles()).toEqual({ 0: "Kick" });
});

test("a page that is left with everything saved leaves no draft", async () => {
	const harness = await opened();
	harness.page.instrument.pads.set(0, { pan: 0.25 });
	await harness.elapse();
	harness.sets.saveDraft();
	expect(harness.memory.read("draft")).toBeNull();
});

test("an older text that is stored late does not remove a newer draft", async () => {
	const harness = await opened();
	harness.page.instrument.pads.set(0, { pan: 0.25 });
	const saving = harness.elapse(1);
	harness.page.instrument.pads.set(0, { pan: 0.75 });
	harness.sets.saveDraft();
	await saving;
	expect([...harness.storage.sets.values()].map(({ text }) => text)).toEqual([expect.stringContaining("0.25")]);
	expect(harness.memory.read("draft")).toContain("0.75");
});

test("a set that is left keeps what was on it, and the new one is empty", async () => {
	const harness = await opened();
	harness.put(0, file("kick.wav"), "Kick");
	harness.page.instrument.selection.toggle(0);
	await harness.sets.create();
	expect([harness.titles(), harness.sets.current?.name]).toEqual([{}, "Set 2"]);
	expect(harness.page.instrument.selection.pads.size).toBe(0);
	const first = harness.sets.list.find(({ name }) => name === "Set 1");
	await harness.sets.open(first!.id);
	harness.finishLoads();
	expect([harness.titles(), harness.sets.current?.name]).toEqual([{ 0: "Kick" }, "Set 1"]);
});

test("sets are renamed, also after a reload, but not to nothing", async () => {
	const harness = await opened();
	await harness.sets.rename("  Live at home ");
	await harness.sets.rename("   ");
	expect(harness.sets.list.map(({ name }) => name)).toEqual(["Live at home"]);
	await harness.open();
	expect(harness.sets.current?.name).toBe("Live at home");
});

test("a duplicate goes on with the same pads, and its edits leave the original alone", async () => {
	const harness = await opened();
	harness.put(0, file("kick.wav"), "Kick");
	const calls = harness.page.engine.calls.length;
	await harness.sets.duplicate();
	expect(harness.page.engine.calls).toHaveLength(calls);
	expect(harness.sets.current?.name).toBe("Set 1 copy");
	harness.page.instrument.pads.set(0, { pan: 1 });
	await harness.elapse();
	const first = harness.sets.list.find(({ name }) => name === "Set 1");
	await harness.sets.open(first!.id);
	expect(harness.page.instrument.pads.states[0]?.settings.pan).toBe(0);
});

test("a deleted set is gone with the files that no other set has, after the next start", async () => {
	const harness = await opened();
	harness.put(0, file("kick.wav"), "Kick");
	await harness.sets.create();
	harness.put(0, file("bell.wav"), "Bell");
	await harness.elapse();
	const first = harness.sets.list.find(({ name }) => name === "Set 1");
	await harness.sets.remove(first!.id);
	expect(harness.sets.list.map(({ name }) => name)).toEqual(["Set 2"]);
	await harness.open();
	await harness.elapse();
	expect([...harness.storage.samples.keys()]).toEqual([sha256("bell.wav")]);
	expect(harness.titles()).toEqual({ 0: "Bell" });
});

test("instead of the open set that is deleted the latest other one is opened", async () => {
	const harness = await opened();
	harness.put(0, file("kick.wav"), "Kick");
	await harness.sets.create();
	await harness.sets.remove(harness.sets.current!.id);
	harness.finishLoads();
	expect([harness.sets.current?.name, harness.titles()]).toEqual(["Set 1", { 0: "Kick" }]);
	await harness.sets.remove(harness.sets.current!.id);
	expect([harness.sets.current?.name, harness.titles()]).toEqual(["Set 1", {}]);
	await harness.elapse();
	await harness.open();
	expect(harness.titles()).toEqual({});
});

test("a full storage is told before and when it happens, and the set goes on", async () => {
	const harness = await opened();
	harness.storage.spaceLeft = { used: 950, quota: 1000 };
	harness.put(0, file("kick.wav"), "Kick");
	await harness.elapse();
	expect(harness.page.notices.map(({ text }) => text)).toEqual([expect.stringMatching(/nearly full/u)]);
	harness.storage.refusal = new Error("Quota exceeded.");
	harness.put(1, file("bell.wav"), "Bell");
	await harness.elapse();
	const texts = harness.page.notices.map(({ text }) => text);
	expect(texts).toContain("“Bell” is not kept in the set: Quota exceeded.");
	harness.storage.refusal = null;
	harness.page.instrument.pads.set(0, { pan: 1 });
	await harness.elapse();
	await harness.open();
	expect([harness.titles(), harness.page.instrument.pads.states[0]?.settings.pan]).toEqual([{ 0: "Kick" }, 1]);
});

test("without storage everything works, nothing is kept, and the performer is told why", async () => {
	const harness = new SetsHarness(tools);
	expect(await harness.sets.start(() => Promise.reject(new Error("No private files.")))).toBe(false);
	expect(harness.sets.obstacle).toBe("No private files.");
	expect(harness.page.notices).toMatchObject([
		{ text: expect.stringMatching(/^Sets are not kept\. No private files\./u) },
	]);
	harness.put(0, file("kick.wav"), "Kick");
	const exported = await harness.sets.exportSet();
	await harness.sets.create();
	await harness.sets.importSet(exported!.file, exported!.fileName);
	harness.finishLoads();
	expect(harness.titles()).toEqual({ 0: "Kick" });
});

test("an exported set is imported on another machine, with files and settings", async () => {
	const harness = await opened();
	harness.put(3, file("kick.wav"), "Kick");
	harness.page.instrument.pads.set(3, { gainDecibels: -6 });
	await harness.sets.rename("Live");
	const exported = await harness.sets.exportSet();
	expect(exported?.fileName).toBe("Live.flitzis.zip");
	const other = await opened();
	await other.sets.importSet(exported!.file, exported!.fileName);
	other.finishLoads();
	expect([other.titles(), other.sets.current?.name, other.page.notices]).toEqual([{ 3: "Kick" }, "Live", []]);
	expect(other.page.instrument.pads.states[3]?.settings.gainDecibels).toBe(-6);
	await other.open();
	expect(other.titles()).toEqual({ 3: "Kick" });
});

test("a set that is imported twice is there twice, under two names", async () => {
	const harness = await opened();
	await harness.sets.rename("Live");
	const exported = await harness.sets.exportSet();
	await harness.sets.importSet(exported!.file, exported!.fileName);
	expect(harness.sets.list.map(({ name }) => name)).toEqual(["Live", "Live 2"]);
});

test("a set that is imported while something plays is offered, and stops nothing until it is opened", async () => {
	const harness = await opened();
	harness.put(0, file("kick.wav"), "Kick");
	const exported = await harness.sets.exportSet();
	harness.put(0, file("bell.wav"), "Bell");
	harness.page.engine.activity.voices[0] = 1;
	harness.page.poll();
	await harness.sets.importSet(exported!.file, exported!.fileName);
	expect([harness.titles(), harness.sets.current?.name]).toEqual([{ 0: "Bell" }, "Set 1"]);
	expect(harness.sets.list.map(({ name }) => name)).toEqual(["Set 1", "Set 1 2"]);
	const notice = harness.page.notices.at(-1);
	expect(notice?.text).toBe("“Set 1 2” is imported. Opening it stops what plays.");
	notice?.action?.run();
	await harness.elapse();
	harness.finishLoads();
	expect([harness.titles(), harness.sets.current?.name]).toEqual([{ 0: "Kick" }, "Set 1 2"]);
});

test("an import that takes its time is told of until it ends, with how much of it is done", async () => {
	const harness = await opened();
	const exported = await harness.sets.exportSet();
	const { withdrawn, advanced } = harness.page.instrument.notices;
	const gone: string[] = [];
	const shares: number[] = [];
	withdrawn.add(({ text }) => gone.push(text));
	advanced.add(({ notice, share }) => {
		expect(notice.text).toBe("“Live.zip” is being imported…");
		shares.push(share);
	});
	const importing = harness.sets.importSet(exported!.file, "Live.zip");
	const elapsing = harness.elapse(1);
	expect(harness.page.notices).toEqual([{ tone: "info", text: "“Live.zip” is being imported…", isLasting: true }]);
	expect(gone).toEqual([]);
	await importing;
	await elapsing;
	expect(gone).toEqual(["“Live.zip” is being imported…"]);
	expect(shares[0]).toBe(0);
	expect(shares).toEqual(shares.toSorted((one, other) => one - other));
});

test("a foreign file changes nothing, and the performer is told what it is", async () => {
	const harness = await opened();
	harness.put(0, file("kick.wav"), "Kick");
	await harness.elapse();
	const before = [...harness.storage.sets.values()];
	await harness.sets.importSet(new Blob(["no zip"]), "x.zip");
	expect(harness.page.notices.at(-1)?.text).toMatch(/^“x\.zip” was not imported\. It is not a zip file/u);
	expect([harness.titles(), [...harness.storage.sets.values()]]).toEqual([{ 0: "Kick" }, before]);
});

test("an import that finds no room changes nothing", async () => {
	const harness = await opened();
	harness.put(0, file("kick.wav"), "Kick");
	const exported = await harness.sets.exportSet();
	const other = await opened();
	other.put(7, "https://looper.test/app/demo/bell.wav", "Bell");
	await other.elapse();
	other.storage.refusal = new Error("Quota exceeded.");
	await other.sets.importSet(exported!.file, exported!.fileName);
	expect(other.page.notices.at(-1)?.text).toBe("“Set 1.flitzis.zip” was not imported. Quota exceeded.");
	expect([other.titles(), other.sets.list.length]).toEqual([{ 7: "Bell" }, 1]);
});

test("a stored set that is damaged is named, and its files stay", async () => {
	const harness = await opened();
	harness.put(0, file("kick.wav"), "Kick");
	await harness.elapse();
	const [stored] = harness.storage.sets.values();
	harness.storage.sets.set(stored!.id, { ...stored!, text: stored!.text.slice(0, -9) });
	expect(await harness.open()).toBe(false);
	await harness.elapse();
	expect(harness.page.notices[0]?.text).toMatch(/^The set was not opened\. It is not JSON/u);
	expect(harness.sets.list.map(({ name }) => name)).toEqual(["Damaged set", "Set 1"]);
	expect(harness.storage.samples.size).toBe(1);
});

test("a sample that is not stored any more is named, and the rest of the set is there", async () => {
	const harness = await opened();
	harness.put(0, file("kick.wav"), "Kick");
	harness.put(1, file("bell.wav"), "Bell");
	await harness.elapse();
	harness.storage.samples.delete(sha256("kick.wav"));
	await harness.open();
	expect(harness.titles()).toEqual({ 1: "Bell" });
	expect(harness.page.notices[0]?.text).toContain("The sound “Kick” of pad 1 is not stored any more.");
});

test("storage that cannot be read is left alone", async () => {
	const harness = await opened();
	harness.put(0, file("kick.wav"), "Kick");
	await harness.elapse();
	const storage = Object.assign(Object.create(harness.storage), {
		readSets: () => Promise.reject(new Error("Broken.")),
	});
	await harness.sets.start(() => Promise.resolve(storage));
	await harness.elapse();
	expect(harness.sets.obstacle).toBe("Broken.");
	expect([harness.storage.samples.size, harness.storage.sets.size]).toEqual([1, 1]);
});

test("code for set files that cannot be loaded is told once, with what to do, and nothing changes", async () => {
	const harness = await opened();
	harness.put(0, file("kick.wav"), "Kick");
	const exported = await (await opened()).sets.exportSet();
	harness.archiveFailure = Promise.reject(new TypeError("Failed to fetch dynamically imported module"));
	const waits: boolean[] = [];
	harness.sets.changes.add(({ isLoadingArchive }) => waits.push(isLoadingArchive));
	expect(await harness.sets.exportSet()).toBeNull();
	expect(waits).toEqual([true, false]);
	await harness.sets.importSet(exported!.file, exported!.fileName);
	const text =
		"The code for set files could not be loaded. Check the connection and try again; if that does not help, reload the page.";
	expect(harness.page.notices.map((notice) => notice.text)).toEqual([text, text]);
	expect(harness.titles()).toEqual({ 0: "Kick" });
	harness.archiveFailure = null;
	expect(await harness.sets.exportSet()).not.toBeNull();
});
