import type { Instrument } from "../instrument/instrument.ts";
import { messageOf } from "../instrument/notices.ts";
import { contentOf } from "../instrument/pad-content.ts";
import { isBlob, type ReadableBlob } from "./readable-blob.ts";
import type { SampleKeeper } from "./sample-keeper.ts";
import type { SetStorage } from "./set-storage.ts";
import { spaceText } from "./set-texts.ts";

type Parts = Pick<Instrument, "pads" | "notices">;

/** Stores the files that are on the pads, and tells the performer what finds no room. */
export class SetFiles {
	readonly #parts: Parts;
	readonly #storage: SetStorage;
	readonly #keeper: SampleKeeper;
	readonly #onKept: () => void;
	/** Files that could not be stored; they are tried again when they are loaded again. */
	readonly #failed = new WeakSet<ReadableBlob>();
	/** Files that are being stored. */
	readonly #inFlight = new Map<ReadableBlob, Promise<void>>();
	#isWarned = false;
	#hasAskedToPersist = false;

	/** @param onKept - called whenever one more file is stored */
	constructor(
		parts: Parts,
		store: { readonly storage: SetStorage; readonly keeper: SampleKeeper },
		onKept: () => void,
	) {
		this.#parts = parts;
		this.#storage = store.storage;
		this.#keeper = store.keeper;
		this.#onKept = onKept;
	}

	/** Whether a file will be stored: it is not yet, and has not failed. */
	isAwaited(file: ReadableBlob): boolean {
		return !this.#failed.has(file) && this.#keeper.referenceOf(file) === null;
	}

	/** Stores what a pad holds, unless it is stored already. */
	keepOn(pad: number): void {
		const { wanted } = contentOf(this.#parts.pads.states[pad]!);
		if (wanted === null || !isBlob(wanted.source) || !this.isAwaited(wanted.source)) return;
		const { source: file, title } = wanted;
		if (this.#inFlight.has(file)) return;
		const kept = this.#keep(file, title).finally(() => this.#inFlight.delete(file));
		this.#inFlight.set(file, kept);
	}

	/** Stores what all pads hold. @returns what resolves when it is done, at once where nothing was to do */
	async keepAll(): Promise<void> {
		for (const pad of this.#parts.pads.states.keys()) this.keepOn(pad);
		if (this.#inFlight.size === 0) return;
		await Promise.all(this.#inFlight.values());
		await this.keepAll();
	}

	/** Tells the performer once when there is little room left. */
	async checkSpace(wantedBytes = 0): Promise<void> {
		const space = await this.#storage.space().catch(() => null);
		const text = space === null ? null : spaceText(space, wantedBytes);
		if (text !== null && !this.#isWarned) this.#parts.notices.tell("error", text);
		this.#isWarned = text !== null;
	}

	async #keep(file: ReadableBlob, title: string): Promise<void> {
		try {
			if (!this.#hasAskedToPersist) {
				this.#hasAskedToPersist = true;
				// Some browsers ask the performer, who may take their time.
				this.#storage.persist().catch(() => false);
			}
			await this.checkSpace(file.size);
			await this.#keeper.keep(file, title);
			this.#onKept();
		} catch (error) {
			this.#failed.add(file);
			this.#parts.notices.tell("error", `“${title}” is not kept in the set: ${messageOf(error)}`);
		}
	}
}
