/**
 * Replaces control characters, so that a file's name cannot control the terminal.
 *
 * @returns a single line
 */
export function printable(text: string): string {
	return text.replace(/\p{Cc}/gu, "\uFFFD");
}
