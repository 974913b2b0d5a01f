import { analysis } from "./analysis.ts";
import { cache } from "./cache.ts";
import { errors } from "./errors.ts";
import { formats } from "./formats.ts";
import { life } from "./life.ts";
import { loading } from "./loading.ts";
import { notIsolated } from "./not-isolated.ts";
import { offlineContext } from "./offline-context.ts";
import { overflowing } from "./overflow.ts";
import { performances } from "./performances.ts";
import { playing } from "./playing.ts";
import { recording } from "./recording.ts";
import { sources } from "./sources.ts";
import type { Suite } from "./stage.ts";
import { streams } from "./streams.ts";
import { untouched } from "./untouched.ts";
import { withoutPrivateFiles } from "./without-private-files.ts";

/** The suite by its chapters. */
export const chapters = {
	playing,
	overflowing,
	loading,
	sources,
	formats,
	errors,
	life,
	"offline context": offlineContext,
	performances,
	recording,
	analysis,
	streams,
	cache,
	"without private files": withoutPrivateFiles,
	"not isolated": notIsolated,
	untouched,
} satisfies Readonly<Record<string, Suite>>;

/** The chapters of what loader threads do by themselves, whatever the threading. */
export const decoding = ["formats", "errors"] as const satisfies readonly (keyof typeof chapters)[];

/** The other chapters that every browser runs over each threading it supports. */
export const everywhere = [
	"playing",
	"overflowing",
	"loading",
	"sources",
	"life",
	"offline context",
	"performances",
	"recording",
	"analysis",
	"streams",
	"without private files",
] as const satisfies readonly (keyof typeof chapters)[];
