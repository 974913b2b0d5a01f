import type { Instrument } from "../instrument/instrument.ts";
import { Listeners } from "../instrument/listeners.ts";
import { messageOf } from "../instrument/notices.ts";
import { emptyPad } from "../instrument/pad-state.ts";
import { Part } from "../parts/part.ts";
import { readDraft } from "./draft.ts";
import { contentsOf, filesOn } from "./instrument-set.ts";
import { LongWork } from "./long-work.ts";
import { endingText } from "./may-stop.ts";
import { isSetName, nameInSet, parseSet } from "./parse-set.ts";
import { isBlob, type ReadableBlob } from "./readable-blob.ts";
import { type FileReference, SampleKeeper } from "./sample-keeper.ts";
import { emptySet, filesOf, formatSet, type SetDocument } from "./set-document.ts";
import { type CurrentSet, SetSaver } from "./set-saver.ts";
import type { SetStorage, StoredSet } from "./set-storage.ts";
import { freeSetName, newSetName, problemsText, setFileName } from "./set-texts.ts";
import type { ArchiveCode, SetsPlatform } from "./sets-platform.ts";
import { unkeptStorage } from "./unkept-storage.ts";

type Parts = Pick<Instrument, "pads" | "settings" | "selection" | "history" | "notices" | "presses" | "recording">;

const openFailure = "The set was not opened.";

/** A set that is about to be opened. */
interface OpenedSet {
	readonly id: string;
	readonly document: SetDocument;
	/** Files of its samples by their SHA-256. */
	readonly files: ReadonlyMap<string, ReadableBlob>;
}

/** A set that was read from a file. */
interface ReadSet {
	readonly id: string;
	readonly document: SetDocument;
	/** What is wrong with it, and the files that could be read. */
	readonly found: { readonly problems: readonly string[]; readonly samples: ReadonlyMap<string, ReadableBlob> };
}

/** A set as one file. */
export interface ExportedSet {
	readonly fileName: string;
	readonly file: ReadableBlob;
}

/** The performer's sets: the one that is open, and those that are stored. */
export class Sets {
	/** Sets were added, removed, renamed, or another one was opened. */
	readonly changes: Listeners<Sets> = new Listeners();
	readonly #parts: Parts;
	readonly #platform: SetsPlatform;
	/** The code for exports and imports. */
	readonly #archive: Part<ArchiveCode>;
	#storage: SetStorage = unkeptStorage;
	#keeper: SampleKeeper;
	#saver: SetSaver;
	#names = new Map<string, string>();
	#obstacle: string | null = null;
	/** Operations run one after the other. */
	#last: Promise<unknown> = Promise.resolve();

	constructor(parts: Parts, platform: SetsPlatform) {
		this.#parts = parts;
		this.#platform = platform;
		this.#archive = new Part({ name: "The code for set files", load: () => platform.loadArchive() }, parts.notices);
		this.#archive.changes.add(() => this.changes.notify(this));
		this.#keeper = new SampleKeeper(unkeptStorage, platform);
		this.#saver = new SetSaver(parts, platform, { storage: unkeptStorage, keeper: this.#keeper });
	}

	/** The open set; null before `start`. */
	get current(): CurrentSet | null {
		return this.#saver.current;
	}

	/** All sets by name, the open one among them. */
	get list(): readonly CurrentSet[] {
		const sets = [...this.#names].map(([id, name]) => ({ id, name }));
		return sets.toSorted((first, second) => first.name.localeCompare(second.name, undefined, { numeric: true }));
	}

	/** Why sets are not kept, a sentence; null when they are. */
	get obstacle(): string | null {
		return this.#obstacle;
	}

	/** Whether nothing is on the pads. */
	get isEmpty(): boolean {
		return this.#parts.pads.states.every((state) => state === emptyPad);
	}

	/** Whether an earlier visit left a set open. */
	get remembersSet(): boolean {
		return this.#platform.memory.read("current") !== null;
	}

	/** Whether an export or import waits for its code. */
	get isLoadingArchive(): boolean {
		return this.#archive.isAwaited;
	}

	/** Loads the code for exports and imports ahead of need. */
	preload(): Promise<void> {
		return this.#archive.preload();
	}

	/**
	 * Opens the set that was open last, or begins the first.
	 *
	 * @param openStorage - rejects with a sentence about why nothing can be stored
	 * @returns whether a stored set was opened
	 */
	async start(openStorage: () => Promise<SetStorage>): Promise<boolean> {
		const stored = await this.#openStorage(openStorage);
		this.#names = new Map(stored.map(({ id, text }) => [id, nameInSet(text)]));
		const remembered = this.#platform.memory.read("current");
		const wanted = stored.find(({ id }) => id === remembered) ?? stored[0];
		const isOpen = wanted !== undefined && (await this.#openStored(wanted));
		if (isOpen) await this.#saver.save();
		else this.#begin({ id: this.#platform.newId(), name: newSetName(this.#takenNames()) });
		if (this.#obstacle !== null) return isOpen;
		// Whoever is quick has put something there already.
		if (!isOpen) this.#saver.takeOver();
		void this.#tidy(stored);
		return isOpen;
	}

	/** Saves the open set where that takes no time. Call it when the page is left. */
	saveDraft(): void {
		if (this.#obstacle === null) this.#saver.saveDraft();
	}

	/** Begins an empty set. */
	async create(): Promise<void> {
		await this.#run("No set was begun.", async () => {
			await this.#saver.finish();
			this.#show(this.#newSet());
			await this.#saver.save();
		});
	}

	/** Opens a stored set; what sounds stops. */
	async open(id: string): Promise<void> {
		await this.#run(openFailure, async () => {
			await this.#saver.finish();
			const stored = (await this.#storage.readSets()).find((set) => set.id === id);
			if (stored === undefined) throw new Error("It is not there any more.");
			await this.#openStored(stored);
		});
	}

	/** Renames the open set. A name that is empty or too long changes nothing. */
	async rename(name: string): Promise<void> {
		await this.#run("The set was not renamed.", async () => {
			const { current } = this.#saver;
			const trimmed = name.trim();
			if (current === null || !isSetName(trimmed) || trimmed === current.name) return;
			this.#names.set(current.id, trimmed);
			this.#saver.rename(trimmed);
			this.changes.notify(this);
			await this.#saver.save();
		});
	}

	/** Goes on with a copy of the open set; what sounds goes on. */
	async duplicate(): Promise<void> {
		await this.#run("The set was not duplicated.", async () => {
			await this.#saver.finish();
			const name = freeSetName(`${this.#saver.current?.name} copy`.slice(0, 100), this.#takenNames());
			this.#begin({ id: this.#platform.newId(), name });
			await this.#saver.save();
		});
	}

	/** Deletes a set. Instead of the open one another is opened, or an empty one begun. */
	async remove(id: string): Promise<void> {
		await this.#run("The set was not deleted.", async () => {
			this.#names.delete(id);
			if (id === this.#saver.current?.id) await this.#leave(id);
			await this.#storage.removeSet(id);
			const left = await this.#storage.readSets();
			await this.#keeper.removeUnused(left.map(({ text }) => text));
			this.changes.notify(this);
		});
	}

	/** The open set as one file, with the files of its samples. @returns null, and the performer is told, when it fails */
	exportSet(): Promise<ExportedSet | null> {
		return this.#run("The set was not exported.", async () => {
			const archive = await this.#archive.get();
			if (archive === null) return null;
			await this.#saver.finish();
			const document = this.#saver.document();
			const files = filesOn(this.#parts.pads.states, (file) => this.#keeper.referenceOf(file));
			const samples = new Map([...files].map(([sha256, file]) => [sha256, this.#keeper.copyOf(file)]));
			const { makeBlob } = this.#platform;
			const parts: ReadableBlob[] = [];
			const work = this.#longWork(`“${document.name}” is being exported…`, bytesOf(samples.values()));
			try {
				await archive.writeArchive({ document, samples }, this.#platform, (bytes) => {
					parts.push(makeBlob([Uint8Array.from(bytes)]));
					work.advance(bytes.length);
				});
			} finally {
				work.end();
			}
			return { fileName: setFileName(document.name), file: makeBlob(parts) };
		});
	}

	/**
	 * Opens an exported set as one more set; when something plays by the time it is read, offers to open it. What is damaged in it is left
	 * out and named; a foreign file changes nothing.
	 */
	async importSet(file: ReadableBlob, fileName: string): Promise<void> {
		// Every file is read twice: checked, and put into the storage.
		const work = this.#longWork(`“${fileName}” is being imported…`, 2 * file.size);
		await this.#run(`“${fileName}” was not imported.`, async () => {
			const archive = await this.#archive.get();
			if (archive === null) return;
			const { document, problems, samples } = await archive.readArchive(file, this.#platform, (bytes) =>
				work.advance(bytes),
			);
			for (const [sha256, { bytes, name }] of filesOf(document)) {
				const content = samples.get(sha256);
				if (content === undefined) continue;
				await this.#saver.checkSpace(bytes);
				await this.#keeper.store({ sha256, bytes, name }, content);
				work.advance(bytes);
			}
			const name = freeSetName(document.name, this.#takenNames());
			const read = { id: this.#platform.newId(), document: { ...document, name }, found: { problems, samples } };
			if (endingText(this.#parts) === "") await this.#openRead(read);
			else await this.#offerRead(read);
		});
		work.end();
	}

	#longWork(text: string, wholeBytes: number): LongWork {
		const { notices } = this.#parts;
		return new LongWork({ notices, after: (...wait) => this.#platform.after(...wait) }, text, wholeBytes);
	}

	async #openRead(read: ReadSet): Promise<void> {
		await this.#showDocument(read);
		await this.#saver.save();
	}

	/** Adds a set that was read to the others, and lets the performer choose when it stops what plays. */
	async #offerRead(read: ReadSet): Promise<void> {
		const { id, document, found } = read;
		const isKept = this.#obstacle === null;
		if (isKept) {
			await this.#storage.writeSet(id, formatSet(document));
			this.#names.set(id, document.name);
			this.changes.notify(this);
			this.#tellProblems(`“${document.name}” is imported`, found.problems);
		}
		const ending = this.#parts.presses.isQuiet ? "ends the recording for a pad" : "stops what plays";
		this.#parts.notices.offer(`“${document.name}” is imported. Opening it ${ending}.`, "Open", () => {
			if (!isKept) void this.#run(openFailure, () => this.#openRead(read));
			else if (id !== this.current?.id) void this.open(id);
		});
	}

	#tellProblems(what: string, problems: readonly string[]): void {
		if (problems.length > 0) this.#parts.notices.tell("error", problemsText(what, problems));
	}

	/** @returns the stored sets, the latest first, with what was left of the one that was open when the page was closed */
	async #openStorage(openStorage: () => Promise<SetStorage>): Promise<readonly StoredSet[]> {
		try {
			const storage = await openStorage();
			const stored = (await storage.readSets()).toSorted(byChange);
			this.#storage = storage;
			const keeper = new SampleKeeper(storage, this.#platform);
			this.#keeper = keeper;
			// A dropped file may change, or be gone with its disk.
			this.#parts.pads.readFrom = (source) => (isBlob(source) ? keeper.copyOf(source) : source);
			this.#saver = new SetSaver(this.#parts, this.#platform, { storage, keeper: this.#keeper });
			const draft = readDraft(this.#platform.memory);
			return draft === null ? stored : [{ ...draft, changedAt: 0 }, ...stored.filter(({ id }) => id !== draft.id)];
		} catch (error) {
			this.#obstacle = messageOf(error);
			this.#parts.notices.tell("info", `Sets are not kept. ${this.#obstacle} Export the set to keep it.`);
			return [];
		}
	}

	/** @returns false, and the performer is told, when it is no set */
	async #openStored({ id, text }: StoredSet): Promise<boolean> {
		try {
			const { document, problems } = parseSet(text);
			await this.#showDocument({ id, document, found: { problems, samples: new Map() } });
			return true;
		} catch (error) {
			this.#parts.notices.tell("error", `${openFailure} ${messageOf(error)}`);
			return false;
		}
	}

	/** Shows a set with its samples, and tells the performer what is missing. */
	async #showDocument({ id, document, found }: ReadSet): Promise<void> {
		const files = new Map<string, ReadableBlob>();
		const readFile = async ([sha256, sample]: [string, FileReference]): Promise<void> => {
			const file = (await this.#keeper.read(sample)) ?? found.samples.get(sha256);
			if (file !== undefined) files.set(sha256, file);
		};
		await Promise.all([...filesOf(document)].map(readFile));
		// What was edited meanwhile belongs to the set that is left.
		await this.#saver.finish();
		this.#show({ id, document, files });
		const missing = document.pads.flatMap(({ pad, sample }) => {
			const isMissing = sample !== null && "sha256" in sample && !files.has(sample.sha256);
			return isMissing ? [`The sound “${sample.title}” of pad ${pad + 1} is not stored any more.`] : [];
		});
		this.#tellProblems(`“${document.name}” is open`, [...found.problems, ...missing]);
	}

	#show({ id, document, files }: OpenedSet): void {
		const { pads, settings, selection, history } = this.#parts;
		this.#begin({ id, name: document.name });
		selection.select(null);
		pads.open(
			contentsOf(document, (sample) =>
				"url" in sample ? this.#platform.urlOf(sample.url) : (files.get(sample.sha256) ?? null),
			),
		);
		settings.set(document.settings);
		history.clear();
	}

	/** From now on, what is on the pads is this set. */
	#begin(current: CurrentSet): void {
		this.#names.set(current.id, current.name);
		this.#saver.use(current);
		this.changes.notify(this);
	}

	/** Opens another set than this one, which is to be deleted. */
	async #leave(id: string): Promise<void> {
		const [next] = (await this.#storage.readSets()).filter((set) => set.id !== id).toSorted(byChange);
		if (next === undefined || !(await this.#openStored(next))) this.#show(this.#newSet());
		await this.#saver.save();
	}

	#newSet(): OpenedSet {
		return {
			id: this.#platform.newId(),
			document: emptySet(newSetName(this.#takenNames())),
			files: new Map(),
		};
	}

	#takenNames(): readonly string[] {
		return [...this.#names.values()];
	}

	/** Removes what no set needs, and tells the performer when there is little room. */
	async #tidy(stored: readonly StoredSet[]): Promise<void> {
		try {
			await this.#keeper.removeUnused(stored.map(({ text }) => text));
			await this.#saver.checkSpace();
		} catch (error) {
			this.#parts.notices.tell("error", `Unused samples were not removed. ${messageOf(error)}`);
		}
	}

	/** Runs an operation behind those before it. @returns null, and the performer is told, when it fails */
	#run<Value>(failure: string, operation: () => Promise<Value>): Promise<Value | null> {
		const done = this.#last.then(async () => {
			try {
				return await operation();
			} catch (error) {
				this.#parts.notices.tell("error", `${failure} ${messageOf(error)}`);
				return null;
			}
		});
		this.#last = done;
		return done;
	}
}

function bytesOf(files: Iterable<ReadableBlob>): number {
	return [...files].reduce((sum, { size }) => sum + size, 0);
}

function byChange(first: StoredSet, second: StoredSet): number {
	return second.changedAt - first.changedAt;
}
