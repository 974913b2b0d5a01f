/** A packet of an Opus stream. */
export interface OpusPacket {
	readonly bytes: Uint8Array;
	/** Its length in frames at 48 kHz; 0 if not declared. */
	readonly frames: number;
}

/** Maximum frames of a packet: 120 ms. */
export const LONGEST_PACKET_FRAMES = 5_760;

const silkFrames = [480, 960, 1_920, 2_880] as const;
const celtFrames = [120, 240, 480, 960] as const;
const FIRST_HYBRID = 12;
const FIRST_CELT = 16;

/**
 * The length of a packet, from its first two bytes.
 *
 * Source: RFC 6716, sections 3.1 and 3.2.
 */
export function opusPacket(bytes: Uint8Array): OpusPacket {
	const [head = 0] = bytes;
	const count = [1, 2, 2, (bytes[1] ?? 0) & 0x3f][head & 3]!;
	const frames = bytes.length === 0 ? 0 : count * codedFrames(head >> 3);
	return { bytes, frames: frames <= LONGEST_PACKET_FRAMES ? frames : 0 };
}

function codedFrames(configuration: number): number {
	if (configuration >= FIRST_CELT) return celtFrames[configuration & 3]!;
	if (configuration >= FIRST_HYBRID) return silkFrames[configuration & 1]!;
	return silkFrames[configuration & 3]!;
}
