import { MalformedAudioError } from "../../errors.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import { Damage } from "../damage.ts";
import type { DecodeContext, Decoder } from "../decoder.ts";
import { openChain } from "../ogg/chained-decoder.ts";
import { linkHas } from "../ogg/ogg-links.ts";
import { findLastPage, validPages } from "../ogg/ogg-pages.ts";
import { VorbisDecoder } from "./vorbis-decoder.ts";
import { readVorbisHeaders, type VorbisHeaders } from "./vorbis-headers.ts";
import { VorbisLibrary } from "./vorbis-library.ts";

/** A packet has at least one byte and decodes to at most 4,096 frames: the upper bound for any file. */
const MAX_FRAMES_PER_BYTE = 4_096;

/**
 * Opens an Ogg Vorbis file: its consecutive streams; of parallel ones the first.
 *
 * @throws MalformedAudioError if no stream's headers can be read.
 * @throws LooperError `unsupported-channels` naming the count, `timed-out` if the decoder does not start.
 */
export async function openVorbis(source: ByteSource, context: DecodeContext): Promise<Decoder> {
	const damage = new Damage(context.strict);
	const openLink = (byteOffset: number, own: Damage) => openVorbisStream(source, byteOffset, { damage: own, context });
	return openChain({ source, damage, context, name: "Ogg Vorbis", openLink });
}

async function openVorbisStream(
	source: ByteSource,
	byteOffset: number,
	{ damage, context }: { damage: Damage; context: DecodeContext },
): Promise<VorbisDecoder | null> {
	if (!linkHas(source, byteOffset, "ogg-vorbis")) return null;
	const headers = readVorbisHeaders(source, byteOffset);
	const library = await VorbisLibrary.start(context.files);
	try {
		library.begin(headers.identification, headers.setup);
	} catch (cause) {
		throw new MalformedAudioError(
			headers.audioOffset,
			"The Ogg Vorbis setup header is damaged. Export the file again.",
			{ cause },
		);
	}
	// Only the first stream contributes to the estimate; later ones add to it.
	const frames = byteOffset === 0 ? estimateFrames(source, headers) : 0;
	return new VorbisDecoder({ library, source, headers, frames, damage, isTrimmed: context.trimEncoderDelay });
}

/** From the first and last granule; a stream cut from a longer one begins late. */
function estimateFrames(source: ByteSource, headers: VorbisHeaders): number {
	const last = findLastPage(source, headers.serial);
	for (const page of validPages(source, headers.audioOffset)) {
		if (last === null || page.offset > last.offset) break;
		if (page.serial !== headers.serial || page.granule < 0) continue;
		const isAtStart = page.sequence !== headers.audioSequence;
		const pageFrames = isAtStart ? page.granule : page.segments.length * headers.packetFrames;
		const frames = last.granule - page.granule + Math.min(page.granule, pageFrames);
		return Math.max(0, Math.min(frames, source.byteLength * MAX_FRAMES_PER_BYTE));
	}
	return 0;
}
