/**
 * Text with every control character replaced, so that a file's name cannot steer the terminal.
 *
 * @returns text of one line
 */
export function printable(text: string): string {
	return text.replace(/\p{Cc}/gu, "\uFFFD");
}
