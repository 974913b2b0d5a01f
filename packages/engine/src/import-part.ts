import { LooperError } from "./errors.ts";

/**
 * Imports a part of the engine that most pages do not use at once.
 *
 * @param file - its name, for the error
 * @param importing - the import itself, written out where bundlers look for it
 * @throws LooperError `unsupported-platform` if it cannot be fetched; the next call tries again.
 */
export async function importPart<Part>(file: string, importing: () => Promise<Part>): Promise<Part> {
	try {
		return await importing();
	} catch (cause) {
		const message = `${file} cannot be loaded (${String(cause)}). Serve the engine's files there.`;
		throw new LooperError("unsupported-platform", message, { cause });
	}
}
