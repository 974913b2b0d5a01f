import { LooperError } from "../errors.ts";
import { checkLength } from "./read-stream.ts";
import type { ArrivingSource, ByteReader, ResponseLike } from "./source-platform.ts";

/** A failure of the network or of a server that may be temporary. */
export class TransientReadError extends LooperError {
	constructor(message: string, options?: ErrorOptions) {
		super("read-failed", message, options);
	}
}

/** Statuses worth a retry: request timeout, too many requests, and server errors. */
const TRANSIENT_STATUSES: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * A server's response as an arriving source.
 *
 * @param response - the request in flight
 * @throws LooperError `file-not-found` for 404 and 410; TransientReadError if a retry may help; otherwise `read-failed`.
 */
export async function fetchSource(url: string, response: Promise<ResponseLike>): Promise<ArrivingSource> {
	const answer = await response.catch((error: unknown) => {
		throw failedRead(url, error);
	});
	const { status, statusText, headers, body } = answer;
	if (status === 404 || status === 410) throw new LooperError("file-not-found", "File not found");
	if (!answer.ok) {
		const message = `The server answered ${status} ${statusText} for ${shorten(url)}. Try again.`;
		throw TRANSIENT_STATUSES.has(status) ? new TransientReadError(message) : new LooperError("read-failed", message);
	}
	const announced = Number(headers.get("content-length") ?? Number.NaN);
	const isPacked = headers.get("content-encoding") !== null;
	const byteLength = Number.isSafeInteger(announced) && announced > 0 && !isPacked ? announced : null;
	if (byteLength !== null) checkLength(byteLength);
	return { reader: body === null ? emptyReader : withUrl(url, body.getReader()), byteLength };
}

const emptyReader: ByteReader = {
	read: () => Promise.resolve({ done: true }),
	cancel: () => Promise.resolve(),
};

/** A reader whose errors name the URL. */
function withUrl(url: string, reader: ByteReader): ByteReader {
	return {
		read: () =>
			reader.read().catch((error: unknown) => {
				throw failedRead(url, error);
			}),
		cancel: () => reader.cancel(),
	};
}

/** A `data:` URL needs no server, so a retry is pointless. */
function failedRead(url: string, cause: unknown): LooperError {
	if (/^data:/i.test(url)) return readFailed(url, cause);
	return new TransientReadError(readFailedMessage(url, cause), { cause });
}

/** The error for an unreadable source. */
export function readFailed(name: string, cause: unknown): LooperError {
	return new LooperError("read-failed", readFailedMessage(name, cause), { cause });
}

function readFailedMessage(name: string, cause: unknown): string {
	const reason = (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, "");
	return `${shorten(name)} cannot be read: ${reason}. Check that it exists and try again.`;
}

/** Data URLs can be megabytes long. */
function shorten(name: string): string {
	return name.length > 200 ? `${name.slice(0, 200)}…` : name;
}
