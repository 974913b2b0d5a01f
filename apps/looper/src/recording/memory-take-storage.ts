import type { ReadableBlob } from "../sets/readable-blob.ts";
import type { StorageSpace } from "../sets/set-storage.ts";
import type { TakeFileEntry, TakeStorage } from "./take-storage.ts";
import type { MakeBlob } from "./take-wav.ts";

/** A storage of takes for tests. */
export class MemoryTakeStorage implements TakeStorage {
	readonly files: Map<string, { readonly file: ReadableBlob; readonly changedAt: number }> = new Map();
	/** Files that another page writes. */
	readonly inUse: Set<string> = new Set();
	/** Thrown by everything that writes. */
	refusal: Error | null = null;
	readonly #makeBlob: MakeBlob;
	readonly #texts = new Map<string, string>();

	constructor(makeBlob: MakeBlob) {
		this.#makeBlob = makeBlob;
	}

	list(): Promise<readonly TakeFileEntry[]> {
		return Promise.resolve(
			[...this.files].map(([name, { file, changedAt }]) => ({ name, bytes: file.size, changedAt })),
		);
	}

	read(name: string): Promise<ReadableBlob> {
		const file = this.files.get(name)?.file;
		return file === undefined ? Promise.reject(new Error(`${name} is not there.`)) : Promise.resolve(file);
	}

	readText(name: string): Promise<string> {
		return Promise.resolve(this.#texts.get(name) ?? "");
	}

	write(name: string, text: string): Promise<void> {
		if (this.refusal !== null) return Promise.reject(this.refusal);
		this.#texts.set(name, text);
		this.files.set(name, { file: this.#makeBlob([text]), changedAt: 0 });
		return Promise.resolve();
	}

	remove(name: string): Promise<void> {
		this.files.delete(name);
		return Promise.resolve();
	}

	isInUse(name: string): Promise<boolean> {
		return Promise.resolve(this.inUse.has(name));
	}

	space(): Promise<StorageSpace | null> {
		return Promise.resolve(null);
	}
}
