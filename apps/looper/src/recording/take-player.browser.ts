import type { ReadableBlob } from "../sets/readable-blob.ts";

/** Plays one take at a time beside the engine, so that it disturbs no pad. */
export class TakePlayer {
	readonly #changed: () => void;
	#audio: HTMLAudioElement | null = null;
	#playing: string | null = null;

	/** @param changed - called when another take plays, or none, and as it goes on */
	constructor(changed: () => void) {
		this.#changed = changed;
	}

	/** The take that plays; null when none does. */
	get playing(): string | null {
		return this.#playing;
	}

	/** Where it is, in seconds. */
	get seconds(): number {
		return this.#audio?.currentTime ?? 0;
	}

	/** @throws the platform's error when it cannot be played. */
	async play(id: string, file: ReadableBlob): Promise<void> {
		this.stop();
		const audio = new Audio(URL.createObjectURL(file));
		this.#audio = audio;
		this.#playing = id;
		audio.addEventListener("ended", () => {
			if (this.#audio === audio) this.stop();
		});
		audio.addEventListener("timeupdate", this.#changed);
		this.#changed();
		try {
			await audio.play();
		} catch (error) {
			// Stopped before it began.
			if (this.#audio !== audio) return;
			this.stop();
			throw error;
		}
	}

	stop(): void {
		if (this.#audio === null) return;
		this.#audio.pause();
		URL.revokeObjectURL(this.#audio.src);
		this.#audio = null;
		this.#playing = null;
		this.#changed();
	}
}
