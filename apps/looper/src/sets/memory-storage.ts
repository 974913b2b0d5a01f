import type { ReadableBlob } from "./readable-blob.ts";
import type { QuickMemory, SetStorage, StorageSpace, StoredSet } from "./set-storage.ts";

/** A storage for tests. */
export class MemoryStorage implements SetStorage {
	readonly sets: Map<string, StoredSet> = new Map();
	readonly samples: Map<string, ReadableBlob> = new Map();
	spaceLeft: StorageSpace | null = null;
	/** Thrown by everything that writes. */
	refusal: Error | null = null;
	writes = 0;

	readSets(): Promise<readonly StoredSet[]> {
		return Promise.resolve([...this.sets.values()]);
	}

	writeSet(id: string, text: string): Promise<void> {
		return this.#write(() => this.sets.set(id, { id, text, changedAt: ++this.writes }));
	}

	removeSet(id: string): Promise<void> {
		return this.#write(() => this.sets.delete(id));
	}

	readSample(sha256: string): Promise<ReadableBlob | null> {
		return Promise.resolve(this.samples.get(sha256) ?? null);
	}

	writeSample(sha256: string, content: ReadableBlob): Promise<void> {
		return this.#write(() => this.samples.set(sha256, content));
	}

	listSamples(): Promise<readonly string[]> {
		return Promise.resolve([...this.samples.keys()]);
	}

	removeSample(sha256: string): Promise<void> {
		return this.#write(() => this.samples.delete(sha256));
	}

	space(): Promise<StorageSpace | null> {
		return Promise.resolve(this.spaceLeft);
	}

	persist(): Promise<boolean> {
		return Promise.resolve(true);
	}

	async #write(action: () => unknown): Promise<void> {
		await Promise.resolve();
		if (this.refusal !== null) throw this.refusal;
		action();
	}
}

/** A quick memory for tests. */
export class PlainMemory implements QuickMemory {
	readonly texts: Map<string, string> = new Map();

	read(key: string): string | null {
		return this.texts.get(key) ?? null;
	}

	write(key: string, text: string | null): boolean {
		if (text === null) this.texts.delete(key);
		else this.texts.set(key, text);
		return true;
	}
}
