import { importPart } from "../import-part.ts";

/** What records, once it has been imported. */
export type RecordingParts = typeof import("./recording-parts.ts");

/** Imports what records. @throws LooperError `unsupported-platform` */
export function importRecording(): Promise<RecordingParts> {
	return importPart("recording-parts.js", () => import("./recording-parts.ts"));
}
