import type { ByteSource } from "../../source/byte-source.ts";
import { charactersAt } from "../characters.ts";
import { OggPackets } from "../ogg/ogg-packets.ts";
import { validPages } from "../ogg/ogg-pages.ts";
import { NO_MUSIC, type TaggedMusic } from "./tagged-music.ts";
import { musicOfComments } from "./vorbis-comments.ts";

/** The headers of an ordinary file end within these, pictures included. */
const MAX_PAGES = 64;
/** How the packet with the comments begins. Vorbis has a type and its name, Opus a name, FLAC a type and a length. */
const beginnings = ["\x03vorbis", "OpusTags"] as const;
const FLAC_COMMENTS = 4;
const FLAC_TYPE_BITS = 0x7f;
const FLAC_HEAD_BYTES = 4;
const FLAC_IDENTIFICATION = "\x7fFLAC";

/** The tempo and the key in the comments of an Ogg file. */
export function readOggMusic(source: ByteSource): TaggedMusic {
	const streams = new Map<number, { readonly packets: OggPackets; isFlac: boolean }>();
	let pages = 0;
	for (const page of validPages(source)) {
		if (++pages > MAX_PAGES) return NO_MUSIC;
		const stream = streams.get(page.serial) ?? { packets: new OggPackets(), isFlac: false };
		streams.set(page.serial, stream);
		for (const packet of stream.packets.completedIn(page)) {
			const head = charactersAt(packet, 0, FLAC_IDENTIFICATION.length);
			if (head === FLAC_IDENTIFICATION) stream.isFlac = true;
			const comments = commentsOf(packet, stream.isFlac && page.granule <= 0);
			if (comments !== null) return musicOfComments(comments);
		}
	}
	return NO_MUSIC;
}

function commentsOf(packet: Uint8Array, isFlacHeader: boolean): Uint8Array | null {
	const beginning = beginnings.find((text) => charactersAt(packet, 0, text.length) === text);
	if (beginning !== undefined) return packet.subarray(beginning.length);
	return isFlacHeader && (packet[0]! & FLAC_TYPE_BITS) === FLAC_COMMENTS ? packet.subarray(FLAC_HEAD_BYTES) : null;
}
