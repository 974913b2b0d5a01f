/** Bytes of a file, half-open. */
export interface ByteRange {
	readonly start: number;
	readonly end: number;
}

/**
 * What a `Range` header asks for (RFC 9110, section 14).
 *
 * @param size - of the file in bytes
 * @returns "whole" for what is no single range of bytes, and may be ignored; "none" when the file has no such bytes
 */
export function byteRange(header: string, size: number): ByteRange | "whole" | "none" {
	const [, first, last] = /^bytes=(\d*)-(\d*)$/u.exec(header.trim()) ?? [];
	if (first === undefined || last === undefined || (first === "" && last === "")) return "whole";
	if (first === "") {
		const length = Math.min(Number(last), size);
		return length === 0 ? "none" : { start: size - length, end: size };
	}
	const start = Number(first);
	if (last !== "" && Number(last) < start) return "whole";
	if (start >= size) return "none";
	return { start, end: last === "" ? size : Math.min(Number(last) + 1, size) };
}
