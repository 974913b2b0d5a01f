import { charactersAt } from "../characters.ts";

/** Text encodings by their number in the tag. */
const UTF_16 = 1;
const UTF_16_BIG_ENDIAN = 2;

/** Zero-terminated texts. Of 8-bit encodings, only their common characters are decoded correctly. */
export function readTexts(bytes: Uint8Array, encoding: number): string[] {
	if (encoding !== UTF_16 && encoding !== UTF_16_BIG_ENDIAN) return charactersAt(bytes, 0, bytes.length).split("\0");
	let isBigEndian = encoding === UTF_16_BIG_ENDIAN;
	let texts = "";
	for (let offset = 0; offset + 2 <= bytes.length; offset += 2) {
		const [one, other] = [bytes[offset]!, bytes[offset + 1]!];
		// Each text may begin with a byte order mark.
		if (one === 0xfe && other === 0xff) isBigEndian = true;
		else if (one === 0xff && other === 0xfe) isBigEndian = false;
		else texts += String.fromCharCode(isBigEndian ? (one << 8) | other : (other << 8) | one);
	}
	return texts.split("\0");
}
