import { MalformedAudioError } from "../../errors.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import { Damage } from "../damage.ts";
import type { DecodeContext, Decoder } from "../decoder.ts";
import { OggPackets } from "../ogg/ogg-packets.ts";
import { findLastPage, type OggPage, validPages } from "../ogg/ogg-pages.ts";
import { OggOpusDecoder } from "./ogg-opus-decoder.ts";
import { isOpusHead, type OpusHead, readOpusHead } from "./opus-head.ts";
import { startOpusLibrary } from "./opus-library.ts";
import { opusPacket } from "./opus-packet.ts";

/** A packet of 120 ms takes one byte and one for its length: the upper bound for any file. */
const MAX_FRAMES_PER_BYTE = 2_880;

/** The first stream of a file. */
interface FirstStream {
	readonly page: Pick<OggPage, "offset" | "end" | "serial">;
	/** Pages of earlier streams precede it. */
	readonly isLate: boolean;
	readonly head: OpusHead;
}

/**
 * Opens an Ogg Opus file, one stream or several that follow each other.
 *
 * @throws MalformedAudioError if there is no valid identification header.
 * @throws LooperError `unsupported-channels` naming the count, `timed-out` if the decoder does not start.
 */
export async function openOggOpus(source: ByteSource, context: DecodeContext): Promise<Decoder> {
	const first = findFirstStream(source);
	const { page, head } = first;
	const damage = new Damage(context.strict);
	if (first.isLate) damage.report(0, "The end of a stream that begins before the file was left out at 0.000 s.");
	const frames = estimateFrames(source, first);
	const library = await startOpusLibrary(context.files);
	const isTrimmed = context.trimEncoderDelay;
	return new OggOpusDecoder({ library, source, firstPage: page, channels: head.channels, frames, damage, isTrimmed });
}

function findFirstStream(source: ByteSource): FirstStream {
	let isLate = false;
	for (const page of validPages(source)) {
		isLate ||= !page.isFirst;
		if (!page.isFirst) continue;
		const [packet] = new OggPackets().completedIn(page);
		if (packet === undefined || !isOpusHead(packet)) continue;
		return { page, head: readOpusHead(packet, page.offset), isLate };
	}
	throw new MalformedAudioError(
		source.byteLength,
		"The Ogg Opus file has no valid identification header. Export it again.",
	);
}

/** From the first and last granule; a stream cut from a longer one begins late. */
function estimateFrames(source: ByteSource, { page: first, head }: FirstStream): number {
	const last = findLastPage(source, first.serial);
	if (last === null) return 0;
	const { granule: endGranule, offset: lastOffset } = last;
	const packets = new OggPackets();
	for (const page of validPages(source, first.end)) {
		if (page.offset > lastOffset) break;
		if (page.serial !== first.serial) continue;
		const completed = packets.completedIn(page);
		if (page.granule <= 0) continue;
		const pageFrames = completed.reduce((sum, packet) => sum + opusPacket(packet).frames, 0);
		const frames = endGranule - Math.max(0, page.granule - pageFrames) - head.preSkip;
		return Math.max(0, Math.min(frames, source.byteLength * MAX_FRAMES_PER_BYTE));
	}
	return 0;
}
