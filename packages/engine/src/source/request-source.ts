import type { LoadSource, SupplyPort } from "../protocol/load-source.ts";
import type { RequestSource } from "../protocol/sample-source.ts";
import type { Cancellation } from "./cancellation.ts";
import { type CaptureSource, isObject } from "./capture.ts";
import { piecesOf } from "./piece-reader.ts";
import type { RequestDetails } from "./source-platform.ts";
import { supplyPieces } from "./supply.ts";

/** Methods without a body. They may be sent again after a failure. */
const BODILESS: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/** Requests being loaded. In Node one that is collected no longer follows the signal that it was made with. */
const following: Set<RequestSource> = new Set();

/** A request, which a loader thread sends. Its body is used up, as `fetch` would use it. */
export const captureRequest: CaptureSource = (value, { host }) => {
	if (!isRequest(value)) return null;
	const { url, method, mode, credentials, cache, redirect, referrer, referrerPolicy, integrity, signal } = value;
	if (value.bodyUsed) throw new TypeError("The Request's body is used already. Pass request.clone() or a new Request.");
	if (mode === "navigate" || mode === "no-cors")
		throw new TypeError(`The Request's mode is ${mode}, which hides the bytes. Make a Request in the mode "cors".`);
	const headers: [string, string][] = [];
	value.headers.forEach((text, name) => {
		headers.push([name, text]);
	});
	const terms = { method, headers, mode, credentials, cache, redirect, referrer, referrerPolicy, integrity };
	following.add(value);
	if (BODILESS.has(method)) {
		const letGo = (): void => void following.delete(value);
		return { name: url, signal, release: letGo, source: { kind: "request", url, terms, port: null } };
	}
	const body = value.blob();
	// The load that asks for the body reports the failure.
	body.catch(() => {});
	let isSent = false;
	const { port, release } = supplyPieces(host, {
		async next() {
			if (isSent) return null;
			isSent = true;
			return await body;
		},
		cancel: () => Promise.resolve(),
	});
	const letGo = (): void => {
		following.delete(value);
		release();
	};
	return { name: url, signal, release: letGo, source: { kind: "request", url, terms, port } };
};

/** What is asked of a server. */
export interface AskedUrl {
	readonly url: string;
	readonly request?: RequestDetails;
	/** Whether it may be sent again after a failure: a server may have acted on a request with a body. Default true. */
	readonly isRepeatable?: boolean;
}

/** Receives the request's body in the loader thread, so that it can be sent. @throws LooperError `read-failed`. */
export async function asked(
	{ url, terms, port }: Extract<LoadSource, { kind: "request" }>,
	cancellation: Cancellation,
): Promise<AskedUrl> {
	const body = port === null ? null : await readBody(port, cancellation);
	const request = body === null ? terms : { ...terms, body };
	return { url, request, isRepeatable: BODILESS.has(terms.method) };
}

async function readBody(port: SupplyPort, cancellation: Cancellation): Promise<Blob | null> {
	const pieces = piecesOf(port);
	const stopListening = cancellation.onCancel(() => void pieces.cancel());
	const piece = await pieces.next().finally(stopListening);
	cancellation.check();
	await pieces.cancel();
	return piece !== null && "size" in piece && piece.size > 0 ? piece : null;
}

function isRequest(value: unknown): value is RequestSource {
	return isObject(value) && "url" in value && "method" in value && "headers" in value && "blob" in value;
}
