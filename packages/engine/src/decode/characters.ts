/** The characters at an offset, one a byte; bytes past the end read as nothing. */
export function charactersAt(bytes: Uint8Array, offset: number, count: number): string {
	return String.fromCharCode(...bytes.subarray(offset, offset + count));
}
