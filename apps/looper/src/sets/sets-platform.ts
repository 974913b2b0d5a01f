import type { SampleSource } from "flitzis-looper";
import type { After } from "./autosave.ts";
import type { ReadableBlob } from "./readable-blob.ts";
import type { ArchiveTools } from "./set-archive.ts";
import type { QuickMemory } from "./set-storage.ts";

/** What exports and imports need, and nothing else. */
export type ArchiveCode = Pick<typeof import("./set-archive.ts"), "readArchive" | "writeArchive">;

/** What sets need of the page. */
export interface SetsPlatform extends ArchiveTools {
	readonly after: After;
	readonly memory: QuickMemory;
	/** The address that the app's own sounds are relative to. */
	readonly appAddress: string;
	/** The sound at an address. */
	urlOf(address: string): SampleSource;
	/** The same content as a file of that name. */
	nameFile(content: ReadableBlob, name: string): ReadableBlob;
	/** The code that reads and writes zip files; rejects when it cannot be loaded. */
	loadArchive(): Promise<ArchiveCode>;
	/** An id that no set has. */
	newId(): string;
}
