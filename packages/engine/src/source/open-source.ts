import type { LoadSource } from "../protocol/load-source.ts";
import { MAX_READ_BYTES } from "./byte-source.ts";
import type { Cancellation } from "./cancellation.ts";
import { becameShorter, fingerprintOf } from "./fingerprint.ts";
import { HashedReading } from "./hashed-reading.ts";
import { KeptBytes } from "./kept-bytes.ts";
import { withKeptEnd } from "./kept-end.ts";
import { openPcm } from "./pcm-source.ts";
import { fetchSource, TransientReadError } from "./read-response.ts";
import {
	type GatherTerms,
	gather,
	type HashedSource,
	KEPT_BYTES,
	type OnBytes,
	storedInMemory,
} from "./read-stream.ts";
import { type AskedUrl, asked } from "./request-source.ts";
import { openResponse } from "./response-source.ts";
import type { ArrivingSource, ByteReader, SourcePlatform, StoredSource } from "./source-platform.ts";
import { openStream } from "./stream-source.ts";

/** Waits before the retries of a request. */
const RETRY_WAITS_MS = [250, 500, 1000] as const;

/** The limits and callbacks of opening a source. */
export interface OpeningTerms extends GatherTerms {
	/** A request failed and is retried after a pause. */
	onRetry(): Promise<void>;
	/** @returns false if no content with that fingerprint is known, so that decoding can start before its hash is known. */
	mayBeKnown(fingerprint: string): Promise<boolean>;
}

/** A source ready for decoding. */
export interface OpenedSource {
	readonly source: StoredSource;
	/** Fingerprint of a source longer than KEPT_BYTES; null for a shorter one, whose hash is always known. */
	readonly fingerprint: string | null;
	/** Hash of the content; null until it has been read. */
	readonly contentHash: string | null;
	/**
	 * Computes the content hash after decoding, reading the rest of the source.
	 *
	 * @throws LooperError `read-failed`; whatever `onBytes` throws.
	 */
	readonly nameContent: (onBytes: OnBytes) => Promise<string>;
}

/**
 * Opens a source for decoding: a short one is kept in memory, a long one read in pieces. A file is read in
 * place; a response is read as it arrives, and requested again after a network failure.
 *
 * A long file with an unknown fingerprint is hashed while being decoded. Every other source is hashed first.
 * Thread: loader.
 *
 * @throws LooperError `file-not-found`, `read-failed`, `out-of-memory` or `cancelled`.
 */
export async function openSource(
	source: LoadSource,
	platform: SourcePlatform,
	cancellation: Cancellation,
	terms: OpeningTerms,
): Promise<OpenedSource> {
	switch (source.kind) {
		case "url":
			return named(await openUrl({ url: source.url }, platform, cancellation, terms), platform);
		case "request":
			return named(await openUrl(await asked(source, cancellation), platform, cancellation, terms), platform);
		case "response":
			return openArriving(await openResponse(source), platform, cancellation, terms);
		case "stream":
			return openArriving(openStream(source), platform, cancellation, terms);
		case "pcm":
			return openArriving(openPcm(source), platform, cancellation, terms);
		case "path":
		case "blob":
		case "bytes": {
			const opened = await platform.open(source);
			return "bytes" in opened
				? openStored(opened, platform, terms)
				: openArriving(opened, platform, cancellation, terms);
		}
		default:
			return source satisfies never;
	}
}

async function openArriving(
	arriving: ArrivingSource,
	platform: SourcePlatform,
	cancellation: Cancellation,
	terms: GatherTerms,
): Promise<OpenedSource> {
	return named(await gatherWanted(arriving, platform, cancellation, terms), platform);
}

/** A source with a known hash. */
async function named({ source, contentHash }: HashedSource, platform: SourcePlatform): Promise<OpenedSource> {
	try {
		const isLong = source.bytes.byteLength > KEPT_BYTES;
		const fingerprint = isLong ? await fingerprintOf(source.bytes, platform) : null;
		return { source, fingerprint, contentHash, nameContent: () => Promise.resolve(contentHash) };
	} catch (error) {
		await source.close();
		throw error;
	}
}

/** Gathers an arriving source until cancelled: a pipe may never send anything. */
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
	{ url, request, isRepeatable = true }: AskedUrl,
	platform: SourcePlatform,
	cancellation: Cancellation,
	terms: OpeningTerms,
): Promise<HashedSource> {
	for (let attempt = 0; ; attempt++) {
		const sent = platform.fetch(url, request);
		const stopListening = cancellation.onCancel(() => sent.abort());
		try {
			return await gather(await fetchSource(url, sent.response), platform, terms);
		} catch (error) {
			cancellation.check();
			const waitMs = RETRY_WAITS_MS[attempt];
			if (!(error instanceof TransientReadError) || waitMs === undefined || !isRepeatable) throw error;
			await terms.onRetry();
			await platform.pause(waitMs);
			cancellation.check();
		} finally {
			stopListening();
		}
	}
}

/** Keeps a short file in memory; hashes a long one now if its content may be known, else while it is being decoded. */
async function openStored(stored: StoredSource, platform: SourcePlatform, terms: OpeningTerms): Promise<OpenedSource> {
	try {
		if (stored.bytes.byteLength <= KEPT_BYTES)
			return await named(await keepStored(stored, platform, terms.onBytes), platform);
		const whole = withKeptEnd(stored.bytes);
		const fingerprint = await fingerprintOf(whole, platform);
		if (await terms.mayBeKnown(fingerprint)) {
			const contentHash = await hashStored(stored, platform, terms.onBytes);
			return { source: stored, fingerprint, contentHash, nameContent: () => Promise.resolve(contentHash) };
		}
		const bytes = new HashedReading(whole, await platform.createHash());
		const source = { bytes, checkUnchanged: () => stored.checkUnchanged(), close: () => stored.close() };
		return { source, fingerprint, contentHash: null, nameContent: (onRead) => bytes.finish(onRead) };
	} catch (error) {
		await stored.close();
		throw error;
	}
}

async function keepStored(stored: StoredSource, platform: SourcePlatform, onBytes: OnBytes): Promise<HashedSource> {
	const total = stored.bytes.byteLength;
	const kept = new KeptBytes(total);
	for await (const piece of piecesOf(stored)) kept.append(piece);
	const { bytes } = kept;
	await onBytes(bytes.length, total);
	const contentHash = await platform.hash(bytes);
	await stored.checkUnchanged();
	await stored.close();
	return { source: storedInMemory(bytes), contentHash };
}

async function hashStored(stored: StoredSource, platform: SourcePlatform, onBytes: OnBytes): Promise<string> {
	const total = stored.bytes.byteLength;
	const hash = await platform.createHash();
	let read = 0;
	for await (const piece of piecesOf(stored)) {
		await hash.update(piece);
		read += piece.length;
		await onBytes(read, total);
	}
	if (read < total) throw becameShorter();
	return hash.digest();
}

/** All bytes in order; each piece is valid until the next is requested. */
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
		// The original error matters more than a failure to cancel.
		await reader.cancel().catch(() => {});
	}
}
