import { openAiff } from "./aiff/open-aiff.ts";
import { openCaf } from "./caf/open-caf.ts";
import type { LosslessFormats } from "./decoder.ts";
import { openFlac } from "./flac/open-flac.ts";
import { openOggFlac } from "./flac/open-ogg-flac.ts";
import { readFlacMusic } from "./tags/flac-music.ts";
import { readOggMusic } from "./tags/ogg-music.ts";

/** The formats without loss, WAV excepted. Bundled separately, like the compressed formats, and with the same consequences. */
export const losslessFormats: LosslessFormats = {
	aiff: { open: openAiff },
	caf: { open: openCaf },
	flac: { open: openFlac, readMusic: readFlacMusic },
	"ogg-flac": { open: openOggFlac, readMusic: readOggMusic },
};
