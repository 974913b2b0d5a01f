import { LooperError } from "../errors.ts";
import type { DecoderFile, DecoderFileLocations } from "../protocol/decoder-names.ts";
import type { DecoderFiles, DecoderModules } from "./decoder.ts";

/** What an error calls the file, and the option that says where it is. */
const files: Readonly<Record<DecoderFile, readonly [what: string, option: string]>> = {
	lossless: ["code of lossless formats", "losslessFormats"],
	compressed: ["code of compressed formats", "compressedFormats"],
	mp3: ["MP3 decoder", "decoders.mp3"],
	vorbis: ["Ogg Vorbis decoder", "decoders.vorbis"],
	opus: ["Opus decoder", "decoders.opus"],
};

/** Imports the files from their addresses. Thread: loader. */
export class ImportedDecoderFiles implements DecoderFiles {
	readonly #locations: DecoderFileLocations;
	readonly #imported: Set<DecoderFile> = new Set();

	constructor(locations: DecoderFileLocations) {
		this.#locations = locations;
	}

	/** Whether the file has been imported. */
	has(file: DecoderFile): boolean {
		return this.#imported.has(file);
	}

	async load<File extends DecoderFile>(file: File): Promise<DecoderModules[File]> {
		const location = this.#locations[file];
		try {
			const module: DecoderModules[File] = await import(/* @vite-ignore */ location);
			this.#imported.add(file);
			return module;
		} catch (cause) {
			const [what, option] = files[file];
			const message = `The ${what} cannot be loaded from ${location} (${String(cause)}).`;
			const remedy = `Serve it beside the engine's other files, or set assets.${option}.`;
			throw new LooperError("unsupported-platform", `${message} ${remedy}`, { cause });
		}
	}
}
