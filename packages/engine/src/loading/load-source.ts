import { mustBe } from "../check-arguments.ts";
import type { SampleSource } from "../protocol/sample-source.ts";
import { captureAddress } from "../source/address-source.ts";
import { captureAudioBuffer } from "../source/audio-buffer-source.ts";
import { captureBlob } from "../source/blob-source.ts";
import { captureBytes } from "../source/bytes-source.ts";
import type { CaptureSource, CaptureTerms, NamedSource } from "../source/capture.ts";
import { capturePcm } from "../source/pcm-source.ts";
import { captureRequest } from "../source/request-source.ts";
import { captureResponse } from "../source/response-source.ts";
import { captureStream } from "../source/stream-source.ts";

const captures: readonly CaptureSource[] = [
	captureAddress,
	captureBlob,
	captureBytes,
	captureRequest,
	captureResponse,
	captureStream,
	captureAudioBuffer,
	capturePcm,
];
const EXPECTED =
	"a path, URL, Request, Response, ReadableStream, Blob, ArrayBuffer, typed array, AudioBuffer or { channels, sampleRate }";

/**
 * Captures a source at the call. Touches no file.
 *
 * @throws TypeError or RangeError when the value is no source, or one that cannot be loaded.
 */
export function nameSource(value: SampleSource, transfer: boolean, host: CaptureTerms["host"]): NamedSource {
	for (const capture of captures) {
		const named = capture(value, { transfer, host });
		if (named !== null) return named;
	}
	throw new TypeError(mustBe("source", EXPECTED, value));
}
