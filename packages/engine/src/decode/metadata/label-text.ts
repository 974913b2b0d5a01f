import { charactersAt } from "../characters.ts";

/** Enough for the 64 characters that are kept. */
const MAX_BYTES = 512;

/** The text up to a zero, as UTF-8, or as Latin-1 where it is no UTF-8. */
export function labelText(bytes: Uint8Array): string {
	const end = bytes.subarray(0, MAX_BYTES).indexOf(0);
	const latin = charactersAt(bytes, 0, end < 0 ? MAX_BYTES : end);
	// The last character may be cut.
	const whole = bytes.length > MAX_BYTES && end < 0 ? latin.replace(/[\xc0-\xff][\x80-\xbf]*$/, "") : latin;
	const escaped = whole.replaceAll(/[\x80-\xff%]/g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, "0")}`);
	try {
		return decodeURIComponent(escaped);
	} catch {
		return whole;
	}
}
