import type { LoadSource } from "../protocol/load-source.ts";
import type { LoadedSample } from "../protocol/loader-messages.ts";
import type { LoadObserver, LoadRequest } from "./load-request.ts";

/** Called with the progress of a request on a loader thread; answers what that thread cannot know. */
export interface DecodeObserver extends LoadObserver<LoadedSample> {
	/** @returns whether the fingerprint is new, so that the content is decoded without being hashed first. */
	readonly recognized: (fingerprint: string) => boolean;
	/** The content is known. @returns whether it has to be decoded. */
	readonly identified: (contentHash: string, fingerprint: string | null) => boolean;
	/** Last, in place of `succeeded`: the content need not be decoded. @param source - the one that went to the thread, returned */
	readonly skipped: (source: LoadSource | null) => void;
}

/** A request for a loader thread. After `succeeded` the sample's region belongs to the observer. */
export interface LoadJob {
	readonly request: LoadRequest;
	readonly observer: DecodeObserver;
}
