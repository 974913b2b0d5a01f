import { Listeners } from "../instrument/listeners.ts";
import { messageOf, type Notices } from "../instrument/notices.ts";
import { defaultMapping, type MappingDocument } from "./mapping-document.ts";
import { formatMapping, parseMapping } from "./mapping-file.ts";

/** Where a mapping is kept between visits. */
export interface MappingStorage {
	/** @returns null when nothing is kept, or nothing can be */
	read(): string | null;
	/** @returns false when it cannot be kept */
	write(text: string): boolean;
}

/** The mapping in use, and its copy in storage. */
export class MappingStore {
	readonly changes: Listeners<MappingDocument> = new Listeners();
	readonly #storage: MappingStorage;
	readonly #notices: Notices;
	#document: MappingDocument = defaultMapping;
	#isKept = true;

	constructor(storage: MappingStorage, notices: Notices) {
		this.#storage = storage;
		this.#notices = notices;
	}

	get document(): MappingDocument {
		return this.#document;
	}

	/** Reads what is kept. What is damaged is told, and the default mapping stays in use. */
	open(): void {
		const text = this.#storage.read();
		if (text === null) return;
		try {
			this.#document = parseMapping(text);
		} catch (error) {
			this.#notices.tell(
				"error",
				`The mapping that was kept is damaged, so the keyboard's usual one is used. ${messageOf(error)}`,
			);
		}
		this.changes.notify(this.#document);
	}

	/** Uses another mapping from now on, and keeps it. */
	replace(document: MappingDocument): void {
		this.#document = document;
		this.changes.notify(document);
		const isKept = this.#storage.write(formatMapping(document));
		if (!isKept && this.#isKept) {
			this.#notices.tell(
				"error",
				"The browser keeps no data for this page: the mapping is lost when you close it. Export it.",
			);
		}
		this.#isKept = isKept;
	}

	/** Uses the mapping in a file. @returns null, or why the file is refused; then nothing has changed */
	import(text: string): string | null {
		try {
			this.replace(parseMapping(text));
			return null;
		} catch (error) {
			return messageOf(error);
		}
	}
}
