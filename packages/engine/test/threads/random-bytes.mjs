/**
 * Cycles through random bytes drawn by the main thread from its seed.
 *
 * @param {Uint8Array} bytes
 * @returns {() => number} the next, 0..255
 */
export function bytesInTurn(bytes) {
	let next = 0;
	return () => {
		next = (next + 1) % bytes.length;
		return bytes[next] ?? 0;
	};
}
