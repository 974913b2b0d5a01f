import type { LoadSource } from "../protocol/load-source.ts";
import type { ResponseSource } from "../protocol/sample-source.ts";
import { type CaptureSource, isObject } from "./capture.ts";
import { fetchSource } from "./read-response.ts";
import type { ArrivingSource } from "./source-platform.ts";
import { isStream, pumpStream, suppliedBytes } from "./stream-source.ts";
import { transferStream } from "./supply.ts";

/** Types of answers that are hidden from pages, or failed. */
const UNREADABLE: ReadonlySet<string> = new Set(["opaque", "opaqueredirect", "error"]);

/** A server's answer, or one that the caller made. Its body is locked at the call. */
export const captureResponse: CaptureSource = (value, { host }) => {
	if (!isResponse(value)) return null;
	const { url, type, ok, status, statusText, headers, body } = value;
	if (value.bodyUsed || body?.locked === true)
		throw new TypeError("The Response's body is locked or read already. Pass response.clone() or a new Response.");
	if (UNREADABLE.has(type))
		throw new TypeError(
			`The Response is of the type ${type}, whose bytes nobody can read. Request it in the mode "cors".`,
		);
	// What comes from the network need not pass this thread.
	const transferred = body !== null && type !== "default" ? transferStream(host, body) : null;
	const line = transferred ?? (body === null ? null : pumpStream(host, body));
	const source = {
		kind: "response",
		url,
		ok,
		status,
		statusText,
		contentLength: headers.get("content-length"),
		contentEncoding: headers.get("content-encoding"),
		port: line?.port ?? null,
	} as const;
	return { name: url === "" ? "response" : url, source, ...(line === null ? {} : { release: line.release }) };
};

/** Opens the answer in the loader thread. @throws LooperError as `fetchSource`. */
export function openResponse(source: Extract<LoadSource, { kind: "response" }>): Promise<ArrivingSource> {
	const { url, ok, status, statusText, contentLength, contentEncoding, port } = source;
	const headers = new Map([
		["content-length", contentLength],
		["content-encoding", contentEncoding],
	]);
	const answer = {
		ok,
		status,
		statusText,
		headers: { get: (name: string) => headers.get(name) ?? null },
		body: port && { getReader: () => suppliedBytes(port) },
	};
	return fetchSource(url === "" ? "The Response" : url, Promise.resolve(answer));
}

function isResponse(value: unknown): value is ResponseSource {
	return (
		isObject(value) &&
		"status" in value &&
		"headers" in value &&
		"bodyUsed" in value &&
		"body" in value &&
		(value.body === null || isStream(value.body))
	);
}
