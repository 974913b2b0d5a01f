import { expect, test } from "vitest";
import { firstBitDifference } from "../../../test/bit-difference.ts";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import { randomBytes, seededRandom, writeWaveData } from "../../../test/fixtures.ts";
import { loaderModule } from "../../../test/loader-module.ts";
import { memorySource } from "../../source/byte-source.ts";
import { openWav } from "../wav/open-wav.ts";
import { IntegerLoops } from "./integer-loops.ts";
import { signedInteger } from "./sample-coding.ts";

const MOST = 1_000;

/** The output of the loops in TypeScript. */
function decodePlainly(bytes: Uint8Array, width: 2 | 3): Float32Array {
	const output = new Float32Array(bytes.length / width);
	signedInteger(width, true)!.decode(bytes, output);
	return output;
}

test.each([[2 as const], [3 as const]])(
	"samples of %i bytes equal the plain loops to the bit, in any number, full scale included",
	(width) => {
		const bytes = randomBytes(MOST * width, seededRandom(0x1de + width));
		bytes.fill(0, 0, width);
		bytes.fill(255, width, 2 * width);
		bytes.set(width === 2 ? [0, 0x80, 0xff, 0x7f] : [0, 0, 0x80, 0xff, 0xff, 0x7f], 2 * width);
		const loops = new IntegerLoops(loaderModule, width, MOST);
		for (const count of [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 999, MOST]) {
			for (const from of [0, 1, 5]) {
				const part = bytes.subarray(from * width, Math.min(from + count, MOST) * width);
				expect(firstBitDifference(loops.decode(part), decodePlainly(part, width))).toBeNull();
			}
		}
	},
);

test.each([
	[2 as const, "s16" as const],
	[3 as const, "s24" as const],
])("a long WAV file of %i-byte samples equals the plain loops to the bit", async (width, coding) => {
	const bytes = randomBytes(2 * width * 280_001, seededRandom(width));
	const file = writeWaveData(bytes, { coding, sampleRate: 44_100, channels: 2 });
	const { samples } = await decodeAll(Promise.resolve(await openWav(memorySource(file), decodeContext())));
	expect(firstBitDifference(samples, decodePlainly(bytes, width))).toBeNull();
});
