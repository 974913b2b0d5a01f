import { LooperError } from "../errors.ts";
import { checkLength } from "./read-stream.ts";
import type { ArrivingSource, ByteReader, ResponseLike } from "./source-platform.ts";

/** A failure of the network or of a server that may pass. */
export class TransientReadError extends LooperError {
	constructor(message: string, options?: ErrorOptions) {
		super("read-failed", message, options);
	}
}

/** Answers that another try may better: request timeout, too many requests, and a server's own failures. */
const TRANSIENT_STATUSES: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * What a server answers, as a source that arrives.
 *
 * @param response - the request under way
 * @throws LooperError `file-not-found` for 404 and 410; TransientReadError where another try may help; `read-failed` else.
 */
export async function fetchSource(url: string, response: Promise<ResponseLike>): Promise<ArrivingSource> {
	const answer = await response.catch((error: unknown) => {
		throw failedRead(url, error);
	});
	const { status, statusText, headers, body } = answer;
	if (status === 404 || status === 410) throw new LooperError("file-not-found", "File not found");
	if (!answer.ok) {
		const message = `the server answered ${status} ${statusText} for ${shorten(url)}; try again`;
		throw TRANSIENT_STATUSES.has(status) ? new TransientReadError(message) : new LooperError("read-failed", message);
	}
	const announced = Number(headers.get("content-length") ?? Number.NaN);
	const isPacked = headers.get("content-encoding") !== null;
	const byteLength = Number.isSafeInteger(announced) && announced > 0 && !isPacked ? announced : null;
	if (byteLength !== null) checkLength(byteLength);
	return { reader: body === null ? emptyReader : guarded(url, body.getReader()), byteLength };
}

const emptyReader: ByteReader = {
	read: () => Promise.resolve({ done: true }),
	cancel: () => Promise.resolve(),
};

/** A reader whose failures say what was being read. */
function guarded(url: string, reader: ByteReader): ByteReader {
	return {
		read: () =>
			reader.read().catch((error: unknown) => {
				throw failedRead(url, error);
			}),
		cancel: () => reader.cancel(),
	};
}

/** A `data:` URL asks nobody: what is wrong with it stays wrong. */
function failedRead(url: string, cause: unknown): LooperError {
	if (/^data:/i.test(url)) return readFailed(url, cause);
	return new TransientReadError(readFailedMessage(url, cause), { cause });
}

/** The error of a source that could not be read. */
export function readFailed(name: string, cause: unknown): LooperError {
	return new LooperError("read-failed", readFailedMessage(name, cause), { cause });
}

function readFailedMessage(name: string, cause: unknown): string {
	const reason = cause instanceof Error ? cause.message : String(cause);
	return `${shorten(name)} cannot be read: ${reason}; check that it is there and try again`;
}

/** Data URLs can be megabytes long. */
function shorten(name: string): string {
	return name.length > 200 ? `${name.slice(0, 200)}…` : name;
}
