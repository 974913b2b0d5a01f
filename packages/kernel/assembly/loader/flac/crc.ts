import { CRC8_TABLE, CRC16_TABLES } from "./memory";

const CRC8_POLYNOMIAL: u32 = 0x07;
const CRC16_POLYNOMIAL: u32 = 0x8005;
const TABLE_BYTES: usize = 1024;

/** Fills the tables of both checksums; called once per instance. */
export function prepareChecksums(): void {
	for (let byte: u32 = 0; byte < 256; byte++) {
		let crc8 = byte;
		let crc16 = byte << 8;
		for (let bit = 0; bit < 8; bit++) {
			crc8 = (crc8 << 1) ^ (crc8 & 0x80 ? CRC8_POLYNOMIAL : 0);
			crc16 = (crc16 << 1) ^ (crc16 & 0x8000 ? CRC16_POLYNOMIAL : 0);
		}
		store<u8>(CRC8_TABLE + byte, <u8>crc8);
		store<u32>(CRC16_TABLES + (byte << 2), crc16 & 0xffff);
	}
	for (let entry = CRC16_TABLES + TABLE_BYTES, end = CRC16_TABLES + 8 * TABLE_BYTES; entry < end; entry += 4) {
		const shorter = load<u32>(entry - TABLE_BYTES);
		store<u32>(entry, ((shorter << 8) & 0xffff) ^ load<u32>(CRC16_TABLES + ((shorter >> 8) << 2)));
	}
}

/** CRC-8 of a frame header, polynomial x^8 + x^2 + x + 1. */
export function crc8(start: usize, end: usize): u32 {
	let crc: u32 = 0;
	for (let at = start; at < end; at++) crc = load<u8>(CRC8_TABLE + (crc ^ load<u8>(at)));
	return crc;
}

function entry(zeros: usize, byte: u32): u32 {
	return load<u32>(CRC16_TABLES + zeros * TABLE_BYTES + (byte << 2));
}

/** CRC-16 of a frame, polynomial x^16 + x^15 + x^2 + 1, eight bytes per step. */
export function crc16(start: usize, end: usize): u32 {
	let crc: u32 = 0;
	let at = start;
	for (; at + 8 <= end; at += 8) {
		crc =
			entry(7, (crc >> 8) ^ load<u8>(at)) ^
			entry(6, (crc & 0xff) ^ load<u8>(at, 1)) ^
			entry(5, load<u8>(at, 2)) ^
			entry(4, load<u8>(at, 3)) ^
			entry(3, load<u8>(at, 4)) ^
			entry(2, load<u8>(at, 5)) ^
			entry(1, load<u8>(at, 6)) ^
			entry(0, load<u8>(at, 7));
	}
	for (; at < end; at++) crc = ((crc << 8) & 0xffff) ^ entry(0, (crc >> 8) ^ load<u8>(at));
	return crc;
}
