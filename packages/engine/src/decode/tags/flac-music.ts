import { type ByteSource, MAX_READ_BYTES } from "../../source/byte-source.ts";
import { charactersAt } from "../characters.ts";
import { NO_MUSIC, type TaggedMusic } from "./tagged-music.ts";
import { musicOfComments } from "./vorbis-comments.ts";

const COMMENTS = 4;
const LAST_BLOCK_FLAG = 0x80;
const HEAD_BYTES = 4;
const MAX_BLOCKS = 128;

/** The tempo and the key in the comments of a FLAC file. Source: RFC 9639, section 8. */
export function readFlacMusic(source: ByteSource): TaggedMusic {
	if (charactersAt(source.read(0, HEAD_BYTES), 0, HEAD_BYTES) !== "fLaC") return NO_MUSIC;
	let offset = HEAD_BYTES;
	for (let block = 0; block < MAX_BLOCKS; block++) {
		const [flags = LAST_BLOCK_FLAG, high = 0, middle = 0, low = 0] = source.read(offset, HEAD_BYTES);
		const bytes = (high << 16) | (middle << 8) | low;
		if ((flags & ~LAST_BLOCK_FLAG) === COMMENTS)
			return musicOfComments(source.read(offset + HEAD_BYTES, Math.min(bytes, MAX_READ_BYTES)));
		if ((flags & LAST_BLOCK_FLAG) !== 0) return NO_MUSIC;
		offset += HEAD_BYTES + bytes;
	}
	return NO_MUSIC;
}
