import type { TakeFormat } from "flitzis-looper";

const documentFormat = "flitzis-looper-take";
const documentVersion = 1;
const mostNameCharacters = 100;

/** What is known of a take besides its sound. */
export interface TakeDocument {
	/** 1 to 100 characters. */
	readonly name: string;
	/** Milliseconds since 1970. */
	readonly recordedAt: number;
	readonly frames: number;
	readonly sampleRate: number;
	readonly format: TakeFormat;
	/** Frames that are missing behind its end; 0 for a whole take. */
	readonly lostFrames: number;
}

/** A name that a take can have: without spaces around it and not too long; null for nothing. */
export function takeNameFrom(text: string): string | null {
	const name = text.trim().slice(0, mostNameCharacters).trim();
	return name === "" ? null : name;
}

/** Writes what is known of a take as JSON. */
export function formatTake(document: TakeDocument): string {
	return JSON.stringify({ format: documentFormat, version: documentVersion, take: document });
}

/** Reads what `formatTake` writes. @returns null for anything else */
export function parseTake(text: string): TakeDocument | null {
	const file = parseObject(text);
	if (file?.["format"] !== documentFormat || file["version"] !== documentVersion) return null;
	const take = asObject(file["take"]);
	if (take === null) return null;
	const { name, recordedAt, frames, sampleRate, format, lostFrames } = take;
	const isKnown =
		typeof name === "string" &&
		name === takeNameFrom(name) &&
		isCount(recordedAt) &&
		isCount(frames) &&
		isCount(sampleRate) &&
		sampleRate > 0 &&
		isCount(lostFrames);
	if (!isKnown || (format !== "f32" && format !== "s24")) return null;
	return { name, recordedAt, frames, sampleRate, format, lostFrames };
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
	try {
		return asObject(JSON.parse(text));
	} catch {
		return null;
	}
}

function asObject(value: unknown): Readonly<Record<string, unknown>> | null {
	return typeof value === "object" && value !== null ? { ...value } : null;
}

function isCount(value: unknown): value is number {
	return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
