import { expect, test } from "vitest";
import { randomBytes, seededRandom } from "../../../test/fixtures.ts";
import { ADTS_HEADER_BYTES, adtsFrame, readAdtsHeader, sampleRateOfIndex } from "./adts.ts";
import { readAudioSpecificConfig } from "./audio-specific-config.ts";

test("an ADTS header round-trips every rate, type and layout", () => {
	const packet = randomBytes(1_500, seededRandom(5));
	for (let rateIndex = 0; rateIndex < 13; rateIndex++) {
		for (let objectType = 1; objectType <= 4; objectType++) {
			for (let channelConfiguration = 1; channelConfiguration <= 7; channelConfiguration++) {
				const stream = { objectType, channelConfiguration, sampleRate: sampleRateOfIndex(rateIndex)! };
				const frame = adtsFrame(stream, packet);
				expect(readAdtsHeader(frame, 0)).toEqual({ ...stream, frameBytes: packet.length + 7, frames: 1_024 });
				expect(frame.subarray(ADTS_HEADER_BYTES)).toEqual(packet);
			}
		}
	}
});

test("a packet too long for an ADTS frame becomes a frame without payload", () => {
	const stream = { objectType: 2, sampleRate: 48_000, channelConfiguration: 2 };
	expect(adtsFrame(stream, new Uint8Array(8_184)).length).toBe(8_191);
	expect(adtsFrame(stream, new Uint8Array(8_185)).length).toBe(ADTS_HEADER_BYTES);
});

/** Parses binary digits; spaces are ignored. */
function bits(text: string): Uint8Array {
	const digits = text.replaceAll(" ", "");
	return Uint8Array.from({ length: Math.ceil(digits.length / 8) }, (_, index) =>
		Number.parseInt(digits.slice(8 * index, 8 * index + 8).padEnd(8, "0"), 2),
	);
}

const plain = { coreObjectType: 2, objectType: 2, sampleRate: 44_100, channelConfiguration: 2, isShort: false };

test.each<[string, string, object]>([
	["Low Complexity", "00010 0100 0010 000", plain],
	["packets of 960 frames", "00010 0100 0010 100", { ...plain, isShort: true }],
	["an explicit rate", "00010 1111 000000001011101110000000 0010 000", { ...plain, sampleRate: 48_000 }],
	["a reserved rate", "00010 1110 0010 000", { ...plain, sampleRate: 0 }],
	["HE-AAC", "00101 0111 0010 0100 00010 000", { ...plain, objectType: 5, sampleRate: 22_050 }],
	[
		"HE-AAC v2",
		"11101 0111 0001 0100 00010 000",
		{ ...plain, objectType: 29, sampleRate: 22_050, channelConfiguration: 1 },
	],
	[
		"HE-AAC signalled after the configuration",
		"00010 0111 0010 000 01010110111 00101 1 0100",
		{ ...plain, objectType: 5, sampleRate: 22_050 },
	],
	[
		"HE-AAC v2 signalled after it",
		"00010 0111 0001 000 01010110111 00101 1 0100 10101001000 1",
		{ ...plain, objectType: 29, sampleRate: 22_050, channelConfiguration: 1 },
	],
	["HE-AAC denied after it", "00010 0100 0010 000 01010110111 00101 0", plain],
	["an escaped type", "11111 000010 0100 0010 000", { ...plain, coreObjectType: 34, objectType: 34 }],
])("the configuration of %s is read", (_what, text, expected) => {
	expect(readAudioSpecificConfig(bits(text))).toEqual(expected);
});
