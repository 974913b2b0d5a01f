import { type CaptureSource, isObject } from "./capture.ts";

/** A path or URL, resolved where the caller stands. */
export const captureAddress: CaptureSource = (value, { host }) => {
	if (typeof value === "string") return { name: value, source: host.resolveSource(value) };
	return isUrl(value) ? { name: value.href, source: host.resolveSource(value.href) } : null;
};

function isUrl(value: unknown): value is URL {
	return isObject(value) && "href" in value && typeof value.href === "string";
}
