import type { QuickMemory, StoredSet } from "./set-storage.ts";

/** A set's file that could not be stored any more because the page was closing. */
export type Draft = Pick<StoredSet, "id" | "text">;

/** @returns whether it is kept */
export function writeDraft(memory: QuickMemory, draft: Draft): boolean {
	return memory.write("draft", JSON.stringify(draft));
}

/** The draft that was left; null when there is none. */
export function readDraft(memory: QuickMemory): Draft | null {
	try {
		const draft: unknown = JSON.parse(memory.read("draft") ?? "null");
		if (typeof draft !== "object" || draft === null || !("id" in draft && "text" in draft)) return null;
		const { id, text } = draft;
		return typeof id === "string" && typeof text === "string" ? { id, text } : null;
	} catch {
		return null;
	}
}
