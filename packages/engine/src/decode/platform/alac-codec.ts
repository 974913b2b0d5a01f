import { MalformedAudioError } from "../../errors.ts";
import { supportedChannels, supportedSampleRate } from "../supported-audio.ts";
import type { PlatformCodec } from "./platform-audio.ts";

const COOKIE_BYTES = 24;
/** Encoders write 4,096; longer packets could not be decoded in bounded memory. */
const MAX_PACKET_FRAMES = 16_384;

/**
 * The codec to request from the platform for ALAC.
 *
 * Source: Apple, "ALAC Magic Cookie Description" (2011), ALACSpecificConfig.
 *
 * @param cookie - the configuration, without the wrapper boxes of older files
 * @throws MalformedAudioError if it is damaged; LooperError `unsupported-channels`.
 */
export function alacCodec(cookie: Uint8Array<ArrayBuffer>, byteOffset: number): PlatformCodec {
	if (cookie.length < COOKIE_BYTES) {
		const reason = `The ALAC configuration has ${cookie.length} bytes; ${COOKIE_BYTES} are needed. Export the file again.`;
		throw new MalformedAudioError(byteOffset, reason);
	}
	const view = new DataView(cookie.buffer, cookie.byteOffset);
	const packetFrames = view.getUint32(0);
	const sampleBits = view.getUint8(5);
	if (packetFrames === 0 || packetFrames > MAX_PACKET_FRAMES || ![16, 20, 24, 32].includes(sampleBits)) {
		const what = `packets of ${packetFrames} frames and samples of ${sampleBits} bits`;
		throw new MalformedAudioError(byteOffset, `The ALAC configuration declares ${what}. Export the file again.`);
	}
	return {
		name: "ALAC",
		codecString: "alac",
		sampleRate: supportedSampleRate(view.getUint32(20), byteOffset),
		channels: supportedChannels(view.getUint8(9), byteOffset),
		packetFrames,
		cookie: cookie.slice(0, COOKIE_BYTES),
	};
}
