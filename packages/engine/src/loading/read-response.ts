import { LooperError } from "../errors.ts";
import { type ByteReader, checkLength, readStream } from "./read-stream.ts";

/** The part of a fetch response that is used here. */
export interface ResponseLike {
	readonly ok: boolean;
	readonly status: number;
	readonly statusText: string;
	readonly headers: { get(name: string): string | null };
	readonly body: { getReader(): ByteReader } | null;
}

/**
 * Reads what a server answers.
 *
 * @param fetching - the request under way
 * @throws LooperError `file-not-found` for 404 and 410, `read-failed` for everything else that goes wrong.
 */
export async function readResponse(
	url: string,
	fetching: Promise<ResponseLike>,
	onBytes: (read: number, total: number | null) => Promise<void>,
): Promise<Uint8Array> {
	const response = await fetching.catch((error: unknown) => {
		throw readFailed(url, error);
	});
	if (response.status === 404 || response.status === 410) throw new LooperError("file-not-found", "File not found");
	if (!response.ok) {
		throw new LooperError(
			"read-failed",
			`the server answered ${response.status} ${response.statusText} for ${url}; try again`,
		);
	}
	const announced = Number(response.headers.get("content-length") ?? Number.NaN);
	const isPacked = response.headers.get("content-encoding") !== null;
	const total = Number.isSafeInteger(announced) && announced > 0 && !isPacked ? announced : null;
	if (total !== null) checkLength(total);
	if (response.body === null) return new Uint8Array(0);
	return readStream(guarded(url, response.body.getReader()), total, onBytes);
}

/** A reader whose failures say what was being read. */
function guarded(url: string, reader: ByteReader): ByteReader {
	return {
		read: () =>
			reader.read().catch((error: unknown) => {
				throw readFailed(url, error);
			}),
		cancel: () => reader.cancel().catch(() => {}),
	};
}

/** The error of a source that could not be read. */
export function readFailed(name: string, cause: unknown): LooperError {
	const reason = cause instanceof Error ? cause.message : String(cause);
	const shortName = name.length > 200 ? `${name.slice(0, 200)}…` : name;
	return new LooperError(
		"read-failed",
		`${shortName} cannot be read: ${reason}; check that it is there and try again`,
		{ cause },
	);
}
