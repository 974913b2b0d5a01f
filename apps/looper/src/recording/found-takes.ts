import type { KeptTake } from "./kept-take.ts";
import { parseTake } from "./take-document.ts";
import type { TakeFileEntry, TakeStorage } from "./take-storage.ts";
import { takeLayout } from "./take-wav.ts";

const soundEnding = ".wav";
const performanceEnding = ".performance.json";
const infoEnding = ".info.json";

/** The file beside a take that says what is known of it. */
export function infoName(id: string): string {
	return id + infoEnding;
}

/** The file beside a take with its performance. */
export function performanceName(id: string): string {
	return id + performanceEnding;
}

/** Lists the takes that are stored, and removes what belongs to none. */
export async function findTakes(storage: TakeStorage): Promise<readonly KeptTake[]> {
	const entries = await storage.list();
	const names = new Set(entries.map(({ name }) => name));
	const takes: KeptTake[] = [];
	for (const entry of entries) {
		try {
			if (entry.name.endsWith(soundEnding)) {
				const take = await foundTake(entry, names, storage);
				if (take !== null) takes.push(take);
			} else if (isBeside(entry.name) && !names.has(soundOf(entry.name))) await storage.remove(entry.name);
		} catch {
			// Another page has removed it, or holds it: the others are listed.
		}
	}
	return takes;
}

async function foundTake(
	{ name: id, changedAt }: TakeFileEntry,
	names: ReadonlySet<string>,
	storage: TakeStorage,
): Promise<KeptTake | null> {
	const document = names.has(infoName(id)) ? parseTake(await storage.readText(infoName(id))) : null;
	const hasPerformance = names.has(performanceName(id));
	if (document !== null) return { ...document, id, hasPerformance, isUnfinished: false, isStored: true };
	// Nothing is known of it: it was being recorded when its page ended, or another page records it now.
	if (await storage.isInUse(id)) return null;
	const layout = await takeLayout(await storage.read(id));
	if (layout === null || layout.frames === 0) {
		await storage.remove(id);
		return null;
	}
	const { frames, sampleRate, format } = layout;
	const known = { name: "Unfinished take", recordedAt: changedAt, frames, sampleRate, format, lostFrames: 0 };
	return { ...known, id, hasPerformance, isUnfinished: true, isStored: true };
}

/** Whether a file says something of a take; browsers keep files of their own there while they write. */
function isBeside(name: string): boolean {
	return name.endsWith(performanceEnding) || name.endsWith(infoEnding);
}

/** The take that a file belongs to. */
function soundOf(name: string): string {
	return name.replace(performanceEnding, "").replace(infoEnding, "");
}
