import { LooperError } from "../errors.ts";
import type { DecoderLocations, DecoderName } from "../protocol/decoder-names.ts";

/** What the files of the decoders export. */
interface LibraryModules {
	readonly mp3: typeof import("./libraries/mp3.ts");
	readonly vorbis: typeof import("./libraries/vorbis.ts");
	readonly opus: typeof import("./libraries/opus.ts");
}

/** Gives the decoders that lie in files of their own. */
export interface DecoderLibraries {
	/** Imports the file unless it has been imported. @throws LooperError `unsupported-platform` */
	load<Name extends DecoderName>(name: Name): Promise<LibraryModules[Name]>;
}

const formats: Readonly<Record<DecoderName, string>> = { mp3: "MP3", vorbis: "Ogg Vorbis", opus: "Opus" };

/** Imports decoders from their files. Thread: loader. */
export class ImportedLibraries implements DecoderLibraries {
	readonly #locations: DecoderLocations;
	readonly #imported: Set<DecoderName> = new Set();

	constructor(locations: DecoderLocations) {
		this.#locations = locations;
	}

	/** Whether the file has been imported. */
	has(name: DecoderName): boolean {
		return this.#imported.has(name);
	}

	async load<Name extends DecoderName>(name: Name): Promise<LibraryModules[Name]> {
		const location = this.#locations[name];
		try {
			const library: LibraryModules[Name] = await import(/* @vite-ignore */ location);
			this.#imported.add(name);
			return library;
		} catch (cause) {
			const message = `The ${formats[name]} decoder cannot be loaded from ${location} (${String(cause)}).`;
			const remedy = `Serve it beside the engine's other files, or set assets.decoders.${name}.`;
			throw new LooperError("unsupported-platform", `${message} ${remedy}`, { cause });
		}
	}
}
