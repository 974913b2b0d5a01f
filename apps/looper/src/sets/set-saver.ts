import type { SampleSource } from "flitzis-looper";
import type { Instrument } from "../instrument/instrument.ts";
import { messageOf } from "../instrument/notices.ts";
import { contentOf } from "../instrument/pad-content.ts";
import { Autosave } from "./autosave.ts";
import { writeDraft } from "./draft.ts";
import { documentOf } from "./instrument-set.ts";
import { isAppUrl } from "./parse-set.ts";
import { isBlob, type ReadableBlob } from "./readable-blob.ts";
import type { SampleKeeper } from "./sample-keeper.ts";
import { formatSet, type SampleReference, type SetDocument } from "./set-document.ts";
import type { SetStorage } from "./set-storage.ts";
import { spaceText } from "./set-texts.ts";
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
	/** Files that could not be stored; they are tried again when they are loaded again. */
	readonly #failed = new WeakSet<ReadableBlob>();
	#current: CurrentSet | null = null;
	/** What is stored of it, or on its way there; null when nothing is. */
	#savedText: string | null = null;
	/** What is known to be stored. */
	#storedText: string | null = null;
	/** How many drafts were written: an older text that is stored must not remove a newer draft. */
	#drafts = 0;
	#last: Promise<void> = Promise.resolve();
	#toldFailure: string | null = null;
	#isWarned = false;
	#hasAskedToPersist = false;

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
		parts.pads.changes.add(() => this.#request());
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
		this.#platform.memory.write("current", current.id);
	}

	/** Gives the set another name. */
	rename(name: string): void {
		if (this.#current !== null) this.#current = { ...this.#current, name };
	}

	/** The set as it is now, with the samples that are stored. */
	document(): SetDocument {
		return documentOf(this.#current?.name ?? "", this.#parts, (source) => this.#referenceOf(source));
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
		for (const { file, title } of this.#newFiles()) void this.#keep(file, title);
		return this.#last;
	}

	/** Saves everything, the samples' files included. */
	async finish(): Promise<void> {
		for (let files = this.#newFiles(); files.length > 0; files = this.#newFiles()) {
			await Promise.all(files.map(({ file, title }) => this.#keep(file, title)));
		}
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
	async checkSpace(wantedBytes = 0): Promise<void> {
		const space = await this.#storage.space().catch(() => null);
		const text = space === null ? null : spaceText(space, wantedBytes);
		if (text !== null && !this.#isWarned) this.#parts.notices.tell("error", text);
		this.#isWarned = text !== null;
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

	/** Files on the pads that are not stored yet. */
	#newFiles(): readonly { readonly file: ReadableBlob; readonly title: string }[] {
		return this.#parts.pads.states.flatMap((state) => {
			const { wanted } = contentOf(state);
			if (wanted === null || !isBlob(wanted.source)) return [];
			const { source: file, title } = wanted;
			return this.#failed.has(file) || this.#keeper.referenceOf(file) !== null ? [] : [{ file, title }];
		});
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
			this.#autosave.request();
		} catch (error) {
			if (this.#failed.has(file)) return;
			this.#failed.add(file);
			this.#parts.notices.tell("error", `“${title}” is not kept in the set: ${messageOf(error)}`);
		}
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
