import { MalformedAudioError } from "../../errors.ts";
import { supportedChannels, supportedSampleRate } from "../supported-audio.ts";
import type { PlatformCodec } from "./platform-audio.ts";

const COOKIE_BYTES = 24;
/** Encoders write 4,096; a packet of more could not be decoded in bounded memory. */
const MOST_PACKET_FRAMES = 16_384;

/**
 * What the platform is asked for to decode ALAC.
 *
 * Source: Apple, "ALAC Magic Cookie Description" (2011), ALACSpecificConfig.
 *
 * @param cookie - the configuration, without the boxes that older files wrap it in
 * @throws MalformedAudioError when it is damaged; LooperError `unsupported-channels`.
 */
export function alacCodec(cookie: Uint8Array<ArrayBuffer>, byteOffset: number): PlatformCodec {
	if (cookie.length < COOKIE_BYTES) {
		const reason = `The ALAC configuration has ${cookie.length} of ${COOKIE_BYTES} bytes; the file is damaged.`;
		throw new MalformedAudioError(byteOffset, reason);
	}
	const view = new DataView(cookie.buffer, cookie.byteOffset);
	const packetFrames = view.getUint32(0);
	const sampleBits = view.getUint8(5);
	if (packetFrames === 0 || packetFrames > MOST_PACKET_FRAMES || ![16, 20, 24, 32].includes(sampleBits)) {
		const what = `packets of ${packetFrames} frames and samples of ${sampleBits} bits`;
		throw new MalformedAudioError(byteOffset, `The ALAC configuration declares ${what}; the file is damaged.`);
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
