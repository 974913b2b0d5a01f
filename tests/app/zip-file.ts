import { crc32, deflateRawSync } from "node:zlib";

/** A file of a zip file, with what its headers say where that is not so. */
export interface ZipPart {
	readonly name: string;
	readonly content: Uint8Array;
	readonly isDeflated?: boolean;
	/** Instead of the length of the content. */
	readonly bytes?: number;
	readonly compressedBytes?: number;
	readonly crc32?: number;
	readonly method?: number;
	readonly flags?: number;
	/** Instead of where its own header is. */
	readonly byteOffset?: number;
	/** In its own header, instead of the name in the directory. */
	readonly localName?: string;
	/** Copies of the entry in the directory. */
	readonly entries?: number;
}

function header(signature: number, numbers: readonly (readonly [width: 2 | 4, value: number])[], name: string): Buffer {
	const fields = numbers.map(([width, value]) => {
		const field = Buffer.alloc(width);
		if (width === 2) field.writeUInt16LE(value & 0xffff);
		else field.writeUInt32LE(value >>> 0);
		return field;
	});
	const start = Buffer.alloc(4);
	start.writeUInt32LE(signature);
	return Buffer.concat([start, ...fields, Buffer.from(name)]);
}

/** Writes a zip file, and whatever is wrong in it. @param end - changes of the last record */
export function writeZip(
	parts: readonly ZipPart[],
	end: { readonly count?: number; readonly directoryBytes?: number; readonly directoryOffset?: number } = {},
): Uint8Array {
	const files: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const part of parts) {
		const stored = part.isDeflated === true ? deflateRawSync(part.content) : Buffer.from(part.content);
		const { name, flags = 0, method = part.isDeflated === true ? 8 : 0, localName = name } = part;
		const lengths = [
			[4, part.crc32 ?? crc32(part.content)],
			[4, part.compressedBytes ?? stored.length],
			[4, part.bytes ?? part.content.length],
		] as const;
		const common = [[2, 20], [2, flags], [2, method], [4, 0], ...lengths] as const;
		const local = [...common, [2, Buffer.byteLength(localName)], [2, 0]] as const;
		const own = [header(0x0403_4b50, local, localName), stored];
		const tail = [
			[2, 0],
			[2, 0],
			[2, 0],
			[2, 0],
			[4, 0],
			[4, part.byteOffset ?? offset],
		] as const;
		const entry = header(0x0201_4b50, [[2, 20], ...common, [2, Buffer.byteLength(name)], ...tail], name);
		for (let copy = 0; copy < (part.entries ?? 1); copy++) directory.push(entry);
		files.push(...own);
		offset += own.reduce((sum, { length }) => sum + length, 0);
	}
	const bytes = directory.reduce((sum, { length }) => sum + length, 0);
	const count = end.count ?? directory.length;
	const record = [
		[2, 0],
		[2, 0],
		[2, count],
		[2, count],
		[4, end.directoryBytes ?? bytes],
		[4, end.directoryOffset ?? offset],
		[2, 0],
	] as const;
	return new Uint8Array(Buffer.concat([...files, ...directory, header(0x0605_4b50, record, "")]));
}

/** The files of a zip file whose files are all stored as they are. */
export function readStoredZip(bytes: Uint8Array): readonly ZipPart[] {
	const file = Buffer.from(bytes);
	const end = file.lastIndexOf("PK\u0005\u0006", undefined, "latin1");
	let at = file.readUInt32LE(end + 16);
	return Array.from({ length: file.readUInt16LE(end + 10) }, () => {
		const [compressedBytes, nameBytes] = [file.readUInt32LE(at + 20), file.readUInt16LE(at + 28)];
		const local = file.readUInt32LE(at + 42);
		const name = file.toString("utf8", at + 46, at + 46 + nameBytes);
		const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
		at += 46 + nameBytes + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
		return { name, content: new Uint8Array(file.subarray(start, start + compressedBytes)) };
	});
}
