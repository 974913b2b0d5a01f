import { formatLength } from "../performance/performance-text.ts";
import type { StorageSpace } from "../sets/set-storage.ts";

/** Bytes of a frame of a take: two 32-bit floats. */
const frameBytes = 8;
const secondsPerHour = 3600;
const mostFileNameCharacters = 80;

/** A name that no take has yet: "Take 1", "Take 2". */
export function newTakeName(taken: readonly string[]): string {
	const numbers = taken.map((name) => Number(/^Take (\d{1,6})$/u.exec(name)?.[1] ?? 0));
	return `Take ${Math.max(0, ...numbers) + 1}`;
}

/** The file name of a take that is saved. @param ending - with its dot */
export function takeFileName(name: string, ending: string): string {
	const plain = name.replaceAll(/[\p{Cc}\\/:*?"<>|]/gu, "_").replace(/^\.+/u, "");
	return `${plain.slice(0, mostFileNameCharacters).trim() || "Take"}${ending}`;
}

/** When a take was recorded, as the performer's system writes it: "Dec 1, 2026, 12:30". */
export function formatTakeDate(recordedAt: number): string {
	return new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" }).format(new Date(recordedAt));
}

/** How much longer can be recorded: "Room for 3 h 20 min.". @param sampleRate - frames per second */
export function roomText({ used, quota }: StorageSpace, sampleRate: number): string {
	const seconds = Math.max(0, quota - used) / (frameBytes * sampleRate);
	const minutes = Math.floor((seconds % secondsPerHour) / 60);
	const hours = Math.floor(seconds / secondsPerHour);
	if (seconds < 60) return "No room is left. Delete takes or sets that you do not need, or make room on the disk.";
	if (hours === 0) return `Room for ${minutes} min.`;
	return hours < 24 ? `Room for ${hours} h ${minutes} min.` : `Room for more than ${24 * Math.floor(hours / 24)} h.`;
}

/** Tells the performer that a take ended by itself. @param failure - why, a sentence */
export function cutText(name: string, seconds: number, failure: string): string {
	return `The recording ended early. ${failure} What was recorded before is kept as “${name}”, ${formatLength(seconds)} long.`;
}
