import { formatPerformance, type Performance, type Take, type TakeFormat } from "flitzis-looper";
import { Listeners } from "../instrument/listeners.ts";
import { messageOf, type Notices } from "../instrument/notices.ts";
import type { ReadableBlob } from "../sets/readable-blob.ts";
import type { StorageSpace } from "../sets/set-storage.ts";
import { findTakes, infoName, performanceName } from "./found-takes.ts";
import type { KeptTake } from "./kept-take.ts";
import { formatTake, type TakeDocument, takeNameFrom } from "./take-document.ts";
import type { TakeStorage } from "./take-storage.ts";
import { newTakeName, takeFileName } from "./take-texts.ts";
import { type MakeBlob, readable, takeWav } from "./take-wav.ts";

/** What takes need of the page. */
export interface TakesPlatform {
	readonly storage: TakeStorage;
	readonly makeBlob: MakeBlob;
	/** Milliseconds since 1970. */
	readonly now: () => number;
}

/** A file to be saved. */
export interface SavedTake {
	readonly fileName: string;
	readonly file: ReadableBlob;
}

/** The performer's takes: those that are in the private file system, and those that only this page has. */
export class Takes {
	/** Takes were added, renamed or removed. */
	readonly changes: Listeners<Takes> = new Listeners();
	readonly #platform: TakesPlatform;
	readonly #notices: Notices;
	readonly #takes = new Map<string, KeptTake>();
	/** Takes of this page, which know their own files. */
	readonly #recorded = new Map<string, Take>();
	/** Performances that could not be stored. */
	readonly #performances = new Map<string, string>();

	constructor(platform: TakesPlatform, notices: Notices) {
		this.#platform = platform;
		this.#notices = notices;
	}

	/** The newest first. */
	get list(): readonly KeptTake[] {
		return [...this.#takes.values()].toSorted((first, second) => second.recordedAt - first.recordedAt);
	}

	/** Finds the takes of earlier visits. Those that were not finished are offered; files that no take needs are removed. */
	async start(): Promise<void> {
		const failure = "The takes of earlier visits cannot be listed.";
		const found = (await this.#attempt(failure, () => findTakes(this.#platform.storage))) ?? [];
		for (const take of found) if (!this.#takes.has(take.id)) this.#takes.set(take.id, take);
		const unfinished = found.filter(({ isUnfinished }) => isUnfinished).length;
		if (unfinished > 0) this.#notices.tell("info", unfinishedText(unfinished));
		this.changes.notify(this);
	}

	/** Keeps a take that has ended. @param performance - what was played meanwhile; null when that is not known */
	async add(take: Take, performance: Performance | null): Promise<KeptTake> {
		const { fileName, frames, sampleRate, format, lostFrames } = take;
		const id = fileName ?? `memory ${this.#platform.now()} ${this.#takes.size}`;
		const name = newTakeName(this.list.map((other) => other.name));
		const document = { name, recordedAt: this.#platform.now(), frames, sampleRate, format, lostFrames };
		const hasPerformance = performance !== null;
		this.#recorded.set(id, take);
		if (performance !== null) this.#performances.set(id, formatPerformance(performance));
		const isStored = fileName !== null && (await this.#store(id, document));
		const kept = { ...document, id, hasPerformance, isUnfinished: false, isStored };
		this.#takes.set(id, kept);
		this.changes.notify(this);
		return kept;
	}

	/** Gives a take another name. An empty one changes nothing. */
	async rename(id: string, text: string): Promise<void> {
		const take = this.#takes.get(id);
		const name = takeNameFrom(text);
		if (take === undefined || name === null || name === take.name) return;
		const renamed = { ...take, name, isUnfinished: false };
		if (take.isStored) {
			const failure = "The new name is there until the page is left.";
			await this.#attempt(failure, () => this.#write(infoName(id), formatTake(documentOf(renamed))));
		}
		this.#takes.set(id, renamed);
		this.changes.notify(this);
	}

	/** Removes a take for good. */
	async remove(id: string): Promise<void> {
		const take = this.#takes.get(id);
		if (take === undefined) return;
		const isRemoved = await this.#attempt("The take was not deleted.", async () => {
			const recorded = this.#recorded.get(id);
			if (recorded !== undefined && recorded.fileName === null) await recorded.discard();
			else for (const name of [id, performanceName(id), infoName(id)]) await this.#platform.storage.remove(name);
			return true;
		});
		if (isRemoved === null) return;
		this.#takes.delete(id);
		this.#recorded.delete(id);
		this.#performances.delete(id);
		this.changes.notify(this);
	}

	/** A take's WAV file. @returns null, and the performer is told, when it cannot be read */
	wav(id: string, format: TakeFormat): Promise<SavedTake | null> {
		return this.#attempt("The take cannot be read.", async () => {
			const { storage, makeBlob } = this.#platform;
			const recorded = this.#recorded.get(id);
			const file = recorded === undefined ? await storage.read(id) : readable(await recorded.blob());
			return { fileName: takeFileName(this.#nameOf(id), ".wav"), file: await takeWav(file, format, makeBlob) };
		});
	}

	/** The performance that was played while a take was recorded. @returns null, and the performer is told, when it cannot be read */
	performance(id: string): Promise<SavedTake | null> {
		return this.#attempt("The performance cannot be read.", async () => {
			const text = this.#performances.get(id) ?? (await this.#platform.storage.readText(performanceName(id)));
			return { fileName: takeFileName(this.#nameOf(id), ".json"), file: this.#platform.makeBlob([text]) };
		});
	}

	/** What is used of the storage; null when that is not known. */
	async space(): Promise<StorageSpace | null> {
		try {
			return await this.#platform.storage.space();
		} catch {
			return null;
		}
	}

	/** @returns whether the take is there after a reload under its name */
	async #store(id: string, document: TakeDocument): Promise<boolean> {
		const text = this.#performances.get(id);
		const stored = await this.#attempt(`“${document.name}” is there until the page is left. Save it.`, async () => {
			await this.#write(infoName(id), formatTake(document));
			if (text !== undefined) await this.#write(performanceName(id), text);
			return true;
		});
		if (stored === true && text !== undefined) this.#performances.delete(id);
		return stored === true;
	}

	async #write(name: string, text: string): Promise<true> {
		await this.#platform.storage.write(name, text);
		return true;
	}

	#nameOf(id: string): string {
		return this.#takes.get(id)?.name ?? "Take";
	}

	async #attempt<Result>(failure: string, action: () => Promise<Result>): Promise<Result | null> {
		try {
			return await action();
		} catch (error) {
			this.#notices.tell("error", `${failure} ${messageOf(error)}`);
			return null;
		}
	}
}

function documentOf({ name, recordedAt, frames, sampleRate, format, lostFrames }: KeptTake): TakeDocument {
	return { name, recordedAt, frames, sampleRate, format, lostFrames };
}

function unfinishedText(count: number): string {
	const takes = count === 1 ? "A recording was" : `${count} recordings were`;
	return `${takes} not finished when the instrument was left. ${count === 1 ? "It is" : "They are"} among the takes as far as ${count === 1 ? "it" : "they"} went.`;
}
