/** What may happen to a pad that a performer who does not see it wants to know. */
export type NewsKind = "failed" | "queued" | "started";

const headings: Readonly<Record<NewsKind, string>> = { failed: "Failed to load", queued: "Queued", started: "Started" };
const kinds: readonly NewsKind[] = ["failed", "queued", "started"];

/** More names are counted, not read out. */
const mostNames = 4;
const shortestMilliseconds = 500;

/** Collects news of pads, and says them together: at most one sentence per half second. */
export class Announcements {
	readonly #waiting: Record<NewsKind, Set<string>> = { failed: new Set(), queued: new Set(), started: new Set() };
	#latest = Number.NEGATIVE_INFINITY;

	/** Adds news. What has started is no longer queued. */
	add(kind: NewsKind, name: string): void {
		if (kind === "started") this.#waiting.queued.delete(name);
		this.#waiting[kind].add(name);
	}

	/** All that waits, as one text; null while nothing does, and too soon after the latest one. @param now - in milliseconds */
	next(now: number): string | null {
		if (now - this.#latest < shortestMilliseconds) return null;
		let text = "";
		for (const kind of kinds) {
			const names = this.#waiting[kind];
			if (names.size === 0) continue;
			text += `${text === "" ? "" : " "}${headings[kind]}: ${listOf(names)}.`;
			names.clear();
		}
		if (text === "") return null;
		this.#latest = now;
		return text;
	}
}

function listOf(names: ReadonlySet<string>): string {
	return names.size > mostNames ? `${names.size} pads` : [...names].join(", ");
}
