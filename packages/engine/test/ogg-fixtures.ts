/** The pages of an undamaged Ogg file, as copies. */
export function splitOggPages(file: Uint8Array): Uint8Array<ArrayBuffer>[] {
	const pages: Uint8Array<ArrayBuffer>[] = [];
	for (let offset = 0; offset < file.length; ) {
		const segmentCount = file[offset + 26]!;
		const segments = file.subarray(offset + 27, offset + 27 + segmentCount);
		const end = segments.reduce((sum, length) => sum + length, offset + 27 + segmentCount);
		pages.push(file.slice(offset, end));
		offset = end;
	}
	return pages;
}

/** End of a page in the stream, in frames. */
export function oggGranule(page: Uint8Array): number {
	return Number(new DataView(page.buffer, page.byteOffset).getBigInt64(6, true));
}

/** A changed page with a matching CRC, computed bitwise. */
export function sealOggPage(page: Uint8Array): Uint8Array<ArrayBuffer> {
	const sealed = page.slice();
	sealed.fill(0, 22, 26);
	let word = 0;
	for (const byte of sealed) {
		word ^= byte << 24;
		for (let bit = 0; bit < 8; bit++) word = word < 0 ? (word << 1) ^ 0x04c11db7 : word << 1;
	}
	new DataView(sealed.buffer).setInt32(22, word, true);
	return sealed;
}

/** A page with another granule and sequence number, resealed. */
export function renumberOggPage(
	page: Uint8Array,
	change: { granule?: number; sequence?: number; flags?: number },
): Uint8Array<ArrayBuffer> {
	const changed = page.slice();
	const view = new DataView(changed.buffer);
	if (change.granule !== undefined) view.setBigInt64(6, BigInt(change.granule), true);
	if (change.sequence !== undefined) view.setUint32(18, change.sequence, true);
	if (change.flags !== undefined) view.setUint8(5, change.flags);
	return sealOggPage(changed);
}
