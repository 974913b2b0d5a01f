import type { SampleSource } from "flitzis-looper";
import type { Instrument } from "../instrument/instrument.ts";
import { messageOf } from "../instrument/notices.ts";
import { emptyPad } from "../instrument/pad-state.ts";
import { Autosave } from "./autosave.ts";
import { writeDraft } from "./draft.ts";
import { documentOf } from "./instrument-set.ts";
import { isAppUrl } from "./parse-set.ts";
import { isBlob } from "./readable-blob.ts";
import type { SampleKeeper } from "./sample-keeper.ts";
import { formatSet, type SampleReference, type SetDocument, type SetSample } from "./set-document.ts";
import { SetFiles } from "./set-files.ts";
import type { SetStorage } from "./set-storage.ts";
import type { SetsPlatform } from "./sets-platform.ts";

/** The set that is saved. */
export interface CurrentSet {
	readonly id: string;
	readonly name: string;
}

type Parts = Pick<Instrument, "pads" | "settings" | "notices">;

/** Saves the set that the instrument holds, and the files of its samples. */
export class SetSaver {
	readonly #parts: Parts;
	readonly #platform: SetsPlatform;
	readonly #storage: SetStorage;
	readonly #keeper: SampleKeeper;
	readonly #autosave: Autosave;
	readonly #files: SetFiles;
	#current: CurrentSet | null = null;
	/** What is stored of it, or on its way there; null when nothing is. */
	#savedText: string | null = null;
	/** What is known to be stored. */
	#storedText: string | null = null;
	/** How many drafts were written: an older text that is stored must not remove a newer draft. */
	#drafts = 0;
	#last: Promise<void> = Promise.resolve();
	#toldFailure: string | null = null;
	/** The samples that were on the pads in the latest document. */
	#sampleOn: ReadonlyMap<number, SetSample | null> = new Map();

	constructor(
		parts: Parts,
		platform: SetsPlatform,
		store: { readonly storage: SetStorage; readonly keeper: SampleKeeper },
	) {
		this.#parts = parts;
		this.#platform = platform;
		this.#storage = store.storage;
		this.#keeper = store.keeper;
		this.#autosave = new Autosave(() => this.save(), platform.after);
		this.#files = new SetFiles(parts, store, () => this.#autosave.request());
		parts.pads.changes.add((pad) => {
			this.#request();
			// The file should be stored by the time at which its set is.
			if (this.#current !== null) this.#files.keepOn(pad);
		});
		parts.settings.changes.add(() => this.#request());
	}

	/** The set that is saved; null before `use`. */
	get current(): CurrentSet | null {
		return this.#current;
	}

	/** Saves as another set from now on. */
	use(current: CurrentSet): void {
		this.#current = current;
		this.#savedText = null;
		this.#storedText = null;
		this.#sampleOn = new Map();
		this.#platform.memory.write("current", current.id);
	}

	/** Saves what was put on the pads before there was a set. */
	takeOver(): void {
		for (const [pad, state] of this.#parts.pads.states.entries()) {
			if (state === emptyPad) continue;
			this.#files.keepOn(pad);
			this.#request();
		}
	}

	/** Gives the set another name. */
	rename(name: string): void {
		if (this.#current !== null) this.#current = { ...this.#current, name };
	}

	/** The set as it is now. Where a file is not stored yet, the pad has the sample that it had before. */
	document(): SetDocument {
		const isAwaited = (source: SampleSource): boolean => isBlob(source) && this.#files.isAwaited(source);
		const document = documentOf(this.#current?.name ?? "", this.#parts, {
			referenceOf: (source) => this.#referenceOf(source),
			sampleBefore: (pad, source) => (isAwaited(source) ? (this.#sampleOn.get(pad) ?? null) : null),
		});
		this.#sampleOn = new Map(document.pads.map(({ pad, sample }) => [pad, sample]));
		return document;
	}

	/** Saves what has changed; the samples' files follow in their own time. Tells the performer what fails. */
	save(): Promise<void> {
		if (this.#current === null) return Promise.resolve();
		const { id } = this.#current;
		const text = formatSet(this.document());
		if (text !== this.#savedText) {
			const drafts = this.#drafts;
			this.#last = this.#last.then(() => this.#write({ id, text, drafts }));
			this.#savedText = text;
		}
		return this.#last;
	}

	/** Saves everything, the samples' files included. */
	async finish(): Promise<void> {
		await this.#files.keepAll();
		await this.save();
	}

	/** Keeps what is not saved yet where that takes no time. Call it when the page is left. */
	saveDraft(): void {
		const text = formatSet(this.document());
		if (this.#current === null || text === this.#storedText) return;
		this.#drafts++;
		writeDraft(this.#platform.memory, { id: this.#current.id, text });
	}

	/** Tells the performer once when there is little room left. */
	checkSpace(wantedBytes?: number): Promise<void> {
		return this.#files.checkSpace(wantedBytes);
	}

	#request(): void {
		if (this.#current !== null) this.#autosave.request();
	}

	#referenceOf(source: SampleSource): SampleReference | null {
		if (isBlob(source)) return this.#keeper.referenceOf(source);
		const address = typeof source === "object" && "href" in source ? source.href : source;
		if (typeof address !== "string" || !address.startsWith(this.#platform.appAddress)) return null;
		const url = address.slice(this.#platform.appAddress.length);
		return isAppUrl(url) ? { url } : null;
	}

	async #write({
		id,
		text,
		drafts,
	}: {
		readonly id: string;
		readonly text: string;
		readonly drafts: number;
	}): Promise<void> {
		const { memory } = this.#platform;
		try {
			await this.#storage.writeSet(id, text);
			this.#toldFailure = null;
			if (id === this.#current?.id) this.#storedText = text;
			if (drafts === this.#drafts) memory.write("draft", null);
		} catch (error) {
			if (id === this.#current?.id && this.#savedText === text) this.#savedText = null;
			const failure = `The set is not saved: ${messageOf(error)} Export it to keep it.`;
			if (failure !== this.#toldFailure) this.#parts.notices.tell("error", failure);
			this.#toldFailure = failure;
		}
	}
}
