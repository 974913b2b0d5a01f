import type { MakeBlob } from "./take-wav.ts";

/** Makes the page's Blobs: WAV files, where nothing else is said. */
export const makeBlob: MakeBlob = (parts) => new Blob([...parts], { type: "audio/wav" });
