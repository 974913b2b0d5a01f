import { LooperError } from "../../errors.ts";
import type { PlatformCodec } from "../platform/platform-audio.ts";
import { supportedChannels } from "../supported-audio.ts";
import { AAC_BLOCK_FRAMES } from "./adts.ts";

/** Audio object types of spectral band replication, without and with parametric stereo. */
const HE_AAC = 5;
const HE_AAC_V2 = 29;

/** Packets until the state of a decoder that starts in mid-stream matches an unbroken decode. */
const LC_PREROLL = 1;
/** Encoders repeat the spectral band replication header at least every half second. */
const HE_PREROLL = 24;

/** How an AAC stream is decoded. */
export interface AacCoding {
	/** Object type of the stream, spectral band replication included: 2, 5, 29. */
	readonly objectType: number;
	readonly sampleRate: number;
	readonly channelConfiguration: number;
}

/**
 * The codec to request from the platform.
 *
 * @throws LooperError `unsupported-channels` for more than two, `unsupported-format` for a custom channel layout.
 */
export function aacCodec(
	{ objectType, sampleRate, channelConfiguration }: AacCoding,
	byteOffset: number,
): PlatformCodec {
	if (channelConfiguration === 0) {
		const remedy = "Convert it to WAV or FLAC.";
		throw new LooperError("unsupported-format", `This AAC stream has a custom channel layout. ${remedy}`);
	}
	return {
		name: isHighEfficiency(objectType) ? "HE-AAC" : "AAC",
		codecString: `mp4a.40.${objectType}`,
		sampleRate,
		channels: supportedChannels(channelConfiguration === 7 ? 8 : channelConfiguration, byteOffset),
		packetFrames: AAC_BLOCK_FRAMES,
		cookie: null,
	};
}

/**
 * Packets to decode before a run of packets.
 *
 * @param isExtended - the output rate is higher than declared: HE-AAC with implicit signalling
 */
export function aacPreroll(objectType: number, isExtended: boolean): number {
	return isExtended || isHighEfficiency(objectType) ? HE_PREROLL : LC_PREROLL;
}

function isHighEfficiency(objectType: number): boolean {
	return objectType === HE_AAC || objectType === HE_AAC_V2;
}
