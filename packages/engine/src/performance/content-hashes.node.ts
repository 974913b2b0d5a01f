import { createHash, webcrypto } from "node:crypto";
import { createReadStream } from "node:fs";
import { LooperError } from "../errors.ts";
import type { PlatformAbortSignal } from "../protocol/platform-types.ts";
import { isMissing } from "../source/is-missing.node.ts";
import { PiecewiseHash } from "../source/piecewise-hash.ts";
import { readFailed } from "../source/read-response.ts";
import { KEPT_BYTES } from "../source/read-stream.ts";

/**
 * Reads a file and gives every name that a performance may know its content by: the one that Node gives, and of a file longer than
 * 16 MiB also the one that browsers give. A `PerformanceSample`'s `contentHash` is one of them if it is that file.
 *
 * Thread: any in Node.
 * @param signal - ends the reading
 * @returns 64 hexadecimal digits each.
 * @throws LooperError `file-not-found` or `read-failed`, and the signal's reason when it has ended the reading.
 */
export async function contentHashes(path: string, signal?: PlatformAbortSignal): Promise<readonly string[]> {
	const whole = createHash("sha256");
	const pieces = new PiecewiseHash((algorithm, bytes) => webcrypto.subtle.digest(algorithm, bytes));
	let read = 0;
	const stream: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: 2 ** 20, ...(signal && { signal }) });
	try {
		for await (const bytes of stream) {
			whole.update(bytes);
			await pieces.update(bytes);
			read += bytes.length;
		}
	} catch (error) {
		if (signal?.aborted === true) throw error;
		throw isMissing(error)
			? new LooperError("file-not-found", `There is no file ${path}. Check its name.`, { cause: error })
			: readFailed(path, error);
	}
	const digest = whole.digest("hex");
	return read > KEPT_BYTES ? [digest, await pieces.digest()] : [digest];
}
