import { LooperError } from "../errors.ts";
import type { LoadSource } from "../protocol/loader-messages.ts";
import { MAX_READ_BYTES } from "./byte-source.ts";
import type { Cancellation } from "./cancellation.ts";
import { KeptBytes } from "./kept-bytes.ts";
import { fetchSource, TransientReadError } from "./read-response.ts";
import {
	type GatherTerms,
	gather,
	type HashedSource,
	KEPT_BYTES,
	type OnBytes,
	storedInMemory,
} from "./read-stream.ts";
import type { ArrivingSource, ByteReader, SourcePlatform, StoredSource } from "./source-platform.ts";

/** Waits before a server is asked again; as many retries as there are waits. */
const RETRY_WAITS_MS = [250, 500, 1000] as const;

/** What bounds and what hears the opening of a source. */
export interface OpeningTerms extends GatherTerms {
	/** A server failed and is asked again after a pause. */
	onRetry(): Promise<void>;
}

/**
 * Opens a source for decoding: hashes its content, keeps it in memory while it is short, and makes it readable piece by
 * piece. What lies in a file is read where it lies; what arrives from a server is read as it arrives, and asked for
 * again when the network fails.
 *
 * Thread: loader.
 * @throws LooperError `file-not-found`, `read-failed`, `out-of-memory` or `cancelled`.
 */
export async function openSource(
	source: LoadSource,
	platform: SourcePlatform,
	cancellation: Cancellation,
	terms: OpeningTerms,
): Promise<HashedSource> {
	if (source.kind === "url") return openUrl(source.url, platform, cancellation, terms);
	const opened = await platform.open(source);
	return "bytes" in opened
		? hashStored(opened, platform, terms.onBytes)
		: gatherWanted(opened, platform, cancellation, terms);
}

/** Gathers what arrives as long as somebody wants it: a pipe may say nothing for ever. */
async function gatherWanted(
	{ reader, byteLength }: ArrivingSource,
	platform: SourcePlatform,
	cancellation: Cancellation,
	terms: GatherTerms,
): Promise<HashedSource> {
	const read: ByteReader["read"] = async () => {
		const answer = await reader.read();
		cancellation.check();
		return answer;
	};
	const stopListening = cancellation.onCancel(() => void reader.cancel().catch(() => {}));
	try {
		return await gather({ reader: { read, cancel: () => reader.cancel() }, byteLength }, platform, terms);
	} finally {
		stopListening();
	}
}

async function openUrl(
	url: string,
	platform: SourcePlatform,
	cancellation: Cancellation,
	terms: OpeningTerms,
): Promise<HashedSource> {
	for (let attempt = 0; ; attempt++) {
		const request = platform.fetch(url);
		const stopListening = cancellation.onCancel(() => request.abort());
		try {
			return await gather(await fetchSource(url, request.response), platform, terms);
		} catch (error) {
			cancellation.check();
			const waitMs = RETRY_WAITS_MS[attempt];
			if (!(error instanceof TransientReadError) || waitMs === undefined) throw error;
			await terms.onRetry();
			await platform.pause(waitMs);
			cancellation.check();
		} finally {
			stopListening();
		}
	}
}

/** Reads a stored source once, for its hash; a short one stays in memory. */
async function hashStored(stored: StoredSource, platform: SourcePlatform, onBytes: OnBytes): Promise<HashedSource> {
	try {
		const total = stored.bytes.byteLength;
		if (total <= KEPT_BYTES) {
			const kept = new KeptBytes(total);
			for await (const piece of piecesOf(stored)) kept.append(piece);
			const { bytes } = kept;
			await onBytes(bytes.length, total);
			const contentHash = await platform.hash(bytes);
			await stored.checkUnchanged();
			await stored.close();
			return { source: storedInMemory(bytes), contentHash };
		}
		const hash = await platform.createHash();
		let read = 0;
		for await (const piece of piecesOf(stored)) {
			await hash.update(piece);
			read += piece.length;
			await onBytes(read, total);
		}
		if (read < total) throw new LooperError("read-failed", "the file became shorter while it was read; try again");
		return { source: stored, contentHash: await hash.digest() };
	} catch (error) {
		await stored.close();
		throw error;
	}
}

/** All bytes in order; each piece is valid until the next is asked for. */
async function* piecesOf(stored: StoredSource): AsyncGenerator<Uint8Array, void, undefined> {
	const reader = stored.stream?.();
	if (reader === undefined) {
		for (let offset = 0; offset < stored.bytes.byteLength; ) {
			const piece = stored.bytes.read(offset, MAX_READ_BYTES);
			if (piece.length === 0) return;
			yield piece;
			offset += piece.length;
		}
		return;
	}
	try {
		for (
			let { done, value } = await reader.read();
			!done && value !== undefined;
			{ done, value } = await reader.read()
		) {
			yield value;
		}
	} finally {
		// What ended the reading matters more than what the stream says to it.
		await reader.cancel().catch(() => {});
	}
}
