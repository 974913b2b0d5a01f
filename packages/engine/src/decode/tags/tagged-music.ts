import type { MusicalKey } from "../../protocol/musical-key.ts";

/** What a file's tags say of its music; null where they say nothing. */
export interface TaggedMusic {
	/** Beats per minute, unchecked. */
	readonly tempo: number | null;
	readonly key: MusicalKey | null;
}

/** Of tags that say nothing. */
export const NO_MUSIC: TaggedMusic = { tempo: null, key: null };

/** What the first says, and where it says nothing, the second. */
export function firstSaid(first: TaggedMusic, second: TaggedMusic): TaggedMusic {
	return { tempo: first.tempo ?? second.tempo, key: first.key ?? second.key };
}
