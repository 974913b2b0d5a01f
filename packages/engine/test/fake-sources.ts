import { createHash } from "node:crypto";
import { LooperError } from "../src/errors.ts";
import { memorySource } from "../src/source/byte-source.ts";
import { Cancellation } from "../src/source/cancellation.ts";
import { openSource } from "../src/source/open-source.ts";
import { KEPT_BYTES } from "../src/source/read-stream.ts";
import type { ArrivingSource, ResponseLike, SourcePlatform, StoredSource } from "../src/source/source-platform.ts";

/** The address of every request. */
export const ADDRESS = "http://server/tune.wav";
/** Length of the shortest source that is not kept in memory. */
export const LONG: number = KEPT_BYTES + 1;

export function hashOf(bytes: Uint8Array): string {
	return createHash("sha256").update(bytes).digest("hex");
}

const longFile = new Uint8Array(LONG);
for (let index = 0; index < LONG; index++) longFile[index] = index ^ (index >> 8) ^ (index >> 16);

/** Bytes that identify their position by their neighbours. */
export function fileBytes(length: number): Uint8Array {
	return longFile.slice(0, length);
}

/** Yields the pieces, then ends; an Error among them fails the connection there. */
export function arriving(
	parts: readonly (Uint8Array | Error)[],
	onCancel: () => void = () => {},
): ArrivingSource["reader"] {
	const rest = [...parts];
	return {
		read: () => {
			const next = rest.shift();
			if (next instanceof Error) return Promise.reject(next);
			return Promise.resolve(next === undefined ? { done: true } : { done: false, value: next });
		},
		cancel: () => {
			onCancel();
			return Promise.resolve();
		},
	};
}

/** A server's response. @param length - announced in its header */
export function response(
	status: number,
	parts: readonly (Uint8Array | Error)[] = [],
	length: number | null = null,
): ResponseLike {
	return {
		ok: status < 400,
		status,
		statusText: "said the server",
		headers: { get: (name) => (name === "content-length" && length !== null ? String(length) : null) },
		body: { getReader: () => arriving(parts) },
	};
}

/** A platform with scripted server responses and pauses that take no time. */
export class FakePlatform implements SourcePlatform {
	/** Responses of the server, in order; an Error is a network failure. */
	responses: (ResponseLike | Error | Promise<ResponseLike>)[] = [];
	opened: StoredSource | ArrivingSource | null = null;
	onPause: () => void = () => {};
	readonly pauses: number[] = [];
	requests = 0;
	aborts = 0;
	spools = 0;
	discarded = 0;
	/** Lengths of the pieces passed to a hash. */
	readonly hashed: number[] = [];

	open(): Promise<StoredSource | ArrivingSource> {
		if (this.opened === null) throw new Error("There is nothing to open.");
		return Promise.resolve(this.opened);
	}

	fetch(): { readonly response: Promise<ResponseLike>; abort(): void } {
		this.requests += 1;
		const next = this.responses.shift();
		if (next === undefined) throw new Error("The server got an unexpected request.");
		return {
			response: next instanceof Error ? Promise.reject(next) : Promise.resolve(next),
			abort: () => {
				this.aborts += 1;
			},
		};
	}

	createSpool(): ReturnType<SourcePlatform["createSpool"]> {
		this.spools += 1;
		const pieces: Uint8Array[] = [];
		const discard = (): void => {
			this.discarded += 1;
		};
		return {
			append: (bytes) => void pieces.push(bytes.slice()),
			finish: () => ({
				bytes: memorySource(Buffer.concat(pieces)),
				checkUnchanged: () => Promise.resolve(),
				close: () => Promise.resolve(discard()),
			}),
			discard,
		};
	}

	createHash(): ReturnType<SourcePlatform["createHash"]> {
		const hash = createHash("sha256");
		return Promise.resolve({
			update: async (bytes: Uint8Array) => {
				this.hashed.push(bytes.length);
				hash.update(bytes);
			},
			digest: () => Promise.resolve(hash.digest("hex")),
		});
	}

	hash(bytes: Uint8Array): Promise<string> {
		return Promise.resolve(hashOf(bytes));
	}

	pause(milliseconds: number): Promise<void> {
		this.pauses.push(milliseconds);
		this.onPause();
		return Promise.resolve();
	}
}

/** A stored source that counts its calls. */
export class FakeFile implements StoredSource {
	readonly bytes: StoredSource["bytes"];
	changed = false;
	closed = 0;

	constructor(bytes: Uint8Array, readable = bytes.length) {
		const whole = memorySource(bytes.subarray(0, readable));
		this.bytes = { byteLength: bytes.length, read: (byteOffset, byteLength) => whole.read(byteOffset, byteLength) };
	}

	checkUnchanged(): Promise<void> {
		return this.changed ? Promise.reject(new LooperError("read-failed", "changed")) : Promise.resolve();
	}

	close(): Promise<void> {
		this.closed += 1;
		return Promise.resolve();
	}
}

/** The callbacks of opening a source. */
interface Reports {
	readonly stages: string[];
	readonly bytes: [number, number | null][];
}

/** Opens the platform's response or file. */
export function open(
	platform: FakePlatform,
	options: { kind?: "url" | "path"; cancellation?: Cancellation; onBytes?: () => void; isNew?: boolean } = {},
): { readonly reports: Reports; readonly opening: ReturnType<typeof openSource> } {
	const reports: Reports = { stages: [], bytes: [] };
	const source =
		options.kind === "path" ? ({ kind: "path", path: "/tune" } as const) : ({ kind: "url", url: ADDRESS } as const);
	const cancellation = options.cancellation ?? new Cancellation();
	const report = (stage: string): Promise<void> => {
		reports.stages.push(stage);
		cancellation.check();
		return Promise.resolve();
	};
	const opening = openSource(source, platform, cancellation, {
		memoryBudget: 2 ** 30,
		onBytes: (read, total) => {
			reports.bytes.push([read, total]);
			options.onBytes?.();
			return report("reading");
		},
		onRetry: () => report("retrying"),
		mayBeKnown: () => Promise.resolve(!options.isNew),
	});
	return { reports, opening };
}
