const SECONDS_PER_MINUTE = 60;

/** A performance's length: "0:07", "62:30". @param seconds - 0 or more */
export function formatLength(seconds: number): string {
	const whole = Math.floor(seconds);
	return `${Math.floor(whole / SECONDS_PER_MINUTE)}:${String(whole % SECONDS_PER_MINUTE).padStart(2, "0")}`;
}

/** The file name of a performance that ends now. Names contain the local date and time, so files sort in the order of playing. */
export function performanceFileName(now: Date): string {
	const date = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
	const time = [now.getHours(), now.getMinutes(), now.getSeconds()];
	const digits = (parts: readonly number[]): string => parts.map((part) => String(part).padStart(2, "0")).join("");
	return `performance-${digits(date)}-${digits(time)}.json`;
}

/** Tells the performer that a performance is saved, and what to do with it. */
export function savedText(fileName: string, seconds: number): string {
	return `${fileName} saved, ${formatLength(seconds)} long. "flitzis-looper render" turns it into a WAV file.`;
}
