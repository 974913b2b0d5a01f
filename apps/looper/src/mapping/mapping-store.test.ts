import { expect, test } from "vitest";
import { type Notice, Notices } from "../instrument/notices.ts";
import { defaultMapping, withLights } from "./mapping-document.ts";
import { formatMapping } from "./mapping-file.ts";
import { MappingStore } from "./mapping-store.ts";

/** A store over a text that is kept. @param kept - null when nothing is; @param isFull - whether nothing can be written */
function storeOver(
	kept: string | null,
	{ isFull = false } = {},
): { store: MappingStore; told: Notice[]; written: string[] } {
	const notices = new Notices();
	const told: Notice[] = [];
	const written: string[] = [];
	notices.added.add((notice) => told.push(notice));
	const write = (text: string): boolean => {
		if (!isFull) written.push(text);
		return !isFull;
	};
	return { store: new MappingStore({ read: () => kept, write }, notices), told, written };
}

const lit = withLights(defaultMapping, "Launchpad", "launchpad");

test("a first start has the default mapping", () => {
	const { store, told } = storeOver(null);
	store.open();
	expect([store.document, told]).toEqual([defaultMapping, []]);
});

test("a mapping that is kept is read again", () => {
	const { store, told } = storeOver(formatMapping(lit));
	store.open();
	expect([store.document, told]).toEqual([lit, []]);
});

test("a damaged mapping is told with its place, and the default one is used", () => {
	const { store, told } = storeOver(formatMapping(lit).replace(`"launchpad"`, `"lunchpad"`));
	store.open();
	expect(store.document).toEqual(defaultMapping);
	expect(told).toHaveLength(1);
	expect(told[0]!.text).toMatch(/^The mapping that was kept is damaged, .* lights\[0\]\.profile is "lunchpad": /);
});

test("a change is kept at once and told to listeners", () => {
	const { store, written } = storeOver(null);
	const heard: unknown[] = [];
	store.changes.add((document) => heard.push(document));
	store.replace(lit);
	expect([heard, written]).toEqual([[lit], [formatMapping(lit)]]);
});

test("a mapping that cannot be kept is used all the same, and told once", () => {
	const { store, told } = storeOver(null, { isFull: true });
	store.replace(lit);
	store.replace(defaultMapping);
	expect(store.document).toBe(defaultMapping);
	expect(told).toHaveLength(1);
});

test("an import replaces the mapping only when the file is whole, else says what is wrong", () => {
	const { store } = storeOver(null);
	expect(store.import("{}")).toBe("format is missing: it must be one of flitzis-looper-mapping.");
	expect(store.document).toBe(defaultMapping);
	expect(store.import(formatMapping(lit))).toBeNull();
	expect(store.document).toEqual(lit);
});
