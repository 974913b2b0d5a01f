import { padCount } from "../instrument/pads.ts";
import { readColor, readPadSettings, readSetSettings } from "./parse-settings.ts";
import { type SetDocument, type SetPad, type SetSample, setFormat, setVersion } from "./set-document.ts";
import { SetField } from "./set-field.ts";
import { SetFileError } from "./set-file-error.ts";

/** Longer texts are refused before they are taken apart. */
export const mostSetCharacters: number = 2 ** 24;
const mostTitleCharacters = 1000;
const mostFileBytes = 2 ** 42;

/** A set as far as its file is whole. */
export interface ParsedSet {
	readonly document: SetDocument;
	/** What is wrong and was left out, a sentence each, with its place. */
	readonly problems: readonly string[];
}

/**
 * Reads a set's file and checks everything in it by the engine's own limits. What is wrong is left out and said.
 *
 * @throws SetFileError when it is no set at all
 */
export function parseSet(text: string): ParsedSet {
	const problems: string[] = [];
	const file = new SetField("", parseJson(text), problems);
	checkFormat(file);
	const name = file.field("name").read(isSetName, "a text of 1 to 100 characters");
	const document = {
		name: name?.trim() ?? "Set",
		settings: readSetSettings(file.field("settings")),
		pads: readPads(file.field("pads")),
	};
	return { document, problems };
}

/** Whether a set can be called so. */
export function isSetName(value: unknown): value is string {
	return typeof value === "string" && /^(?=.*\S).{1,100}$/u.test(value);
}

function parseJson(text: string): unknown {
	if (text.length > mostSetCharacters) throw new SetFileError(`It is longer than ${mostSetCharacters} characters.`);
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new SetFileError(`It is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
	}
}

function checkFormat(file: SetField): void {
	const isOurs = (value: unknown): value is string => value === setFormat;
	if (!file.field("format").accepts(isOurs)) throw new SetFileError("It is not a set of Flitzis Looper.");
	const version = file.field("version").integer(1, Number.MAX_SAFE_INTEGER);
	if (version === setVersion) return;
	const found = version === null ? "no version" : `version ${version}`;
	throw new SetFileError(`It has ${found}, but this program reads version ${setVersion}. A newer program may open it.`);
}

function readPads(field: SetField): readonly SetPad[] {
	const pads = new Map<number, SetPad>();
	for (const item of field.list(padCount)) {
		if (!item.checkObject()) continue;
		const pad = item.field("pad").integer(0, padCount - 1);
		if (pad === null) continue;
		if (pads.has(pad)) item.field("pad").refuse("another than those before");
		else pads.set(pad, readPad(pad, item));
	}
	return [...pads.values()];
}

function readPad(pad: number, item: SetField): SetPad {
	return { pad, sample: readSample(item.field("sample")), settings: readPadSettings(item.field("settings")) };
}

function readSample(field: SetField): SetSample | null {
	if (!field.isPresent || !field.checkObject()) return null;
	const title = field.field("title").text(mostTitleCharacters) ?? "";
	const color = readColor(field.field("color"));
	if (field.field("url").isPresent) {
		const url = field.field("url").read(isAppUrl, "the address of one of the app's sounds, like demo/kick.wav");
		return url === null ? null : { url, title, color };
	}
	const sha256 = field.field("sha256").matching(/^[0-9a-f]{64}$/u, "64 hexadecimal digits");
	const bytes = field.field("bytes").integer(0, mostFileBytes);
	const name = field.field("name").text(mostTitleCharacters) ?? title;
	return sha256 === null || bytes === null ? null : { sha256, bytes, name, title, color };
}

/** Whether it is a relative address that stays within the app. */
export function isAppUrl(value: unknown): value is string {
	if (typeof value !== "string" || !/^[\w%.~-]+(?:\/[\w%.~-]+){0,9}$/u.test(value)) return false;
	return value.length <= mostTitleCharacters && value.split("/").every((part) => !/^(?:\.|%2e){1,2}$/iu.test(part));
}

/** The name in a set's file; of one that cannot be read only that. */
export function nameInSet(text: string): string {
	try {
		return parseSet(text).document.name;
	} catch {
		return "Damaged set";
	}
}
