/** The characters at an offset, one per byte; nothing past the end. */
export function charactersAt(bytes: Uint8Array, offset: number, count: number): string {
	return String.fromCharCode(...bytes.subarray(offset, offset + count));
}
