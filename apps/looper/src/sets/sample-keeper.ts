import { hashBlob } from "./hash-blob.ts";
import { fileNameOf, type ReadableBlob } from "./readable-blob.ts";
import type { SampleReference } from "./set-document.ts";
import type { SetStorage } from "./set-storage.ts";
import type { SetsPlatform } from "./sets-platform.ts";

/** A sample's file that a set keeps. */
export type FileReference = Extract<SampleReference, { sha256: string }>;

const hashCharacters = 64;

/** Puts the files of samples into the storage, each content once, and remembers which is which. */
export class SampleKeeper {
	readonly #storage: SetStorage;
	readonly #platform: Pick<SetsPlatform, "digest" | "nameFile">;
	readonly #references = new WeakMap<ReadableBlob, FileReference>();
	/** The stored copies of the performer's own files. */
	readonly #copies = new WeakMap<ReadableBlob, ReadableBlob>();
	readonly #inFlight = new Map<ReadableBlob, Promise<void>>();
	/** Hashes of files that this page has used: its history may want them again. */
	readonly #used = new Set<string>();
	#last: Promise<void> = Promise.resolve();

	constructor(storage: SetStorage, platform: Pick<SetsPlatform, "digest" | "nameFile">) {
		this.#storage = storage;
		this.#platform = platform;
	}

	/** What the file is called in a set; null until it is stored. */
	referenceOf(file: ReadableBlob): FileReference | null {
		return this.#references.get(file) ?? null;
	}

	/** The stored copy of a file; the file itself until there is one. */
	copyOf(file: ReadableBlob): ReadableBlob {
		return this.#copies.get(file) ?? file;
	}

	/** Stores a file that is not stored yet, one after the other. @throws the platform's error */
	keep(file: ReadableBlob, title: string): Promise<void> {
		const known = this.#inFlight.get(file);
		if (known !== undefined) return known;
		if (this.#references.has(file)) return Promise.resolve();
		const name = fileNameOf(file) ?? title;
		const kept = this.#keepAfter(this.#last, file, name);
		this.#last = kept.catch(() => {});
		this.#inFlight.set(file, kept);
		const end = (): boolean => this.#inFlight.delete(file);
		kept.finally(end).catch(() => {});
		return kept;
	}

	async #keepAfter(others: Promise<void>, file: ReadableBlob, name: string): Promise<void> {
		await others;
		const sha256 = await hashBlob(file, this.#platform.digest);
		await this.store({ sha256, bytes: file.size, name }, file);
	}

	/** Stores a file whose hash is known. */
	async store(reference: FileReference, file: ReadableBlob): Promise<void> {
		const { sha256, bytes, name } = reference;
		this.#used.add(sha256);
		const stored = await this.#storage.readSample(sha256);
		if (stored?.size !== bytes) await this.#storage.writeSample(sha256, file);
		const copy = await this.#storage.readSample(sha256);
		if (copy?.size === bytes) this.#copies.set(file, this.#platform.nameFile(copy, name));
		this.#references.set(file, reference);
	}

	/** The file of a set's sample; null when it is not there, or not whole. */
	async read(reference: FileReference): Promise<ReadableBlob | null> {
		const file = await this.#storage.readSample(reference.sha256);
		if (file === null || file.size !== reference.bytes) return null;
		this.#used.add(reference.sha256);
		this.#references.set(file, reference);
		return file;
	}

	/** Removes stored files that no set and no step of this page's history needs. @param texts - of all sets */
	async removeUnused(texts: readonly string[]): Promise<void> {
		// Looking for digits finds the files of damaged sets and of newer programs' sets, too.
		const needed = new Set(texts.flatMap((text) => text.match(/[0-9a-f]{64}/gu) ?? []));
		for (const name of await this.#storage.listSamples()) {
			// What Chromium is still writing has another suffix.
			const sha256 = name.slice(0, hashCharacters);
			if (!needed.has(sha256) && !this.#used.has(sha256)) await this.#storage.removeSample(name);
		}
	}
}
