/** What a level means for a recording. */
export type LevelWord = "Silent" | "Good" | "Too loud";

const silentPeak = 10 ** (-60 / 20);
const loudPeak = 10 ** (-1 / 20);
/** A peak stays in the word as long, so that it can be read. */
const loudMilliseconds = 3000;
const soundMilliseconds = 1000;

/** Puts a word to peaks: too loud above −1 dBFS, silent below −60 dBFS. */
export class LevelWatch {
	#loudUntil = Number.NEGATIVE_INFINITY;
	#soundUntil = Number.NEGATIVE_INFINITY;

	/** @param peak - linear, since the last call; @param now - in milliseconds, of any clock */
	follow(peak: number, now: number): LevelWord {
		if (peak > loudPeak) this.#loudUntil = now + loudMilliseconds;
		if (peak > silentPeak) this.#soundUntil = now + soundMilliseconds;
		if (now < this.#loudUntil) return "Too loud";
		return now < this.#soundUntil ? "Good" : "Silent";
	}
}
