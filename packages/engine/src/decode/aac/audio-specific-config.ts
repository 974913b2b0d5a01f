import { sampleRateOfIndex } from "./adts.ts";
import { BitReader } from "./bit-reader.ts";

/** The decoder configuration of an AAC track in MP4 or CAF. */
export interface AudioSpecificConfig {
	/** Object type of the packets themselves: 2 for Low Complexity. */
	readonly coreObjectType: number;
	/** Object type of the stream, spectral band replication included: 2, 5, 29. */
	readonly objectType: number;
	/** Frames per second of the packets themselves; 0 for an unassigned index. */
	readonly sampleRate: number;
	readonly channelConfiguration: number;
	/** A packet has 960 frames instead of 1,024. */
	readonly isShort: boolean;
}

const ESCAPE = 31;
const EXPLICIT_RATE = 15;
const SBR = 5;
const PS = 29;
const SBR_SYNC = 0x2b7;
const PS_SYNC = 0x548;

/**
 * Reads an AAC decoder configuration; bits beyond its end read as zeros.
 *
 * Source: ISO/IEC 14496-3:2019, sections 1.6.2.1 and 4.4.1.
 */
export function readAudioSpecificConfig(bytes: Uint8Array): AudioSpecificConfig {
	const bits = new BitReader(bytes);
	const declaredType = readObjectType(bits);
	const sampleRate = readSampleRate(bits);
	const channelConfiguration = bits.read(4);
	const isExtended = declaredType === SBR || declaredType === PS;
	if (isExtended) readSampleRate(bits);
	const coreObjectType = isExtended ? readObjectType(bits) : declaredType;
	const isShort = bits.read(1) === 1;
	if (bits.read(1) === 1) bits.read(14);
	bits.read(1);
	const objectType = isExtended ? declaredType : readExtension(bits, declaredType);
	return { coreObjectType, objectType, sampleRate, channelConfiguration, isShort };
}

/** Spectral band replication signalled after the configuration, where older decoders ignore it. */
function readExtension(bits: BitReader, objectType: number): number {
	if (bits.left < 16 || bits.read(11) !== SBR_SYNC || readObjectType(bits) !== SBR || bits.read(1) === 0)
		return objectType;
	readSampleRate(bits);
	return bits.left >= 12 && bits.read(11) === PS_SYNC && bits.read(1) === 1 ? PS : SBR;
}

function readObjectType(bits: BitReader): number {
	const type = bits.read(5);
	return type === ESCAPE ? 32 + bits.read(6) : type;
}

function readSampleRate(bits: BitReader): number {
	const index = bits.read(4);
	return index === EXPLICIT_RATE ? bits.read(24) : (sampleRateOfIndex(index) ?? 0);
}
