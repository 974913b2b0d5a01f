const SECONDS_A_MINUTE = 60;

/** How long a performance is: "0:07", "62:30". @param seconds - 0 or more */
export function formatLength(seconds: number): string {
	const whole = Math.floor(seconds);
	return `${Math.floor(whole / SECONDS_A_MINUTE)}:${String(whole % SECONDS_A_MINUTE).padStart(2, "0")}`;
}

/** Name of the file that a performance ending now is saved as: by local date and time, so that files sort as they were played. */
export function performanceFileName(now: Date): string {
	const date = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
	const time = [now.getHours(), now.getMinutes(), now.getSeconds()];
	const digits = (parts: readonly number[]): string => parts.map((part) => String(part).padStart(2, "0")).join("");
	return `performance-${digits(date)}-${digits(time)}.json`;
}

/** What the performer is told once a performance is saved. */
export function savedText(fileName: string, seconds: number): string {
	return `${fileName} saved, ${formatLength(seconds)} long. "flitzis-looper render" makes a WAV file of it.`;
}
