import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { readWhole } from "../../test/byte-sources.ts";
import { LooperError } from "../errors.ts";
import { memorySource } from "./byte-source.ts";
import { Cancellation } from "./cancellation.ts";
import { openSource } from "./open-source.ts";
import { KEPT_BYTES } from "./read-stream.ts";
import type { ArrivingSource, ResponseLike, SourcePlatform, StoredSource } from "./source-platform.ts";

const URL = "http://server/tune.wav";
const LONG = KEPT_BYTES + 1;

function hashOf(bytes: Uint8Array): string {
	return createHash("sha256").update(bytes).digest("hex");
}

/** Bytes whose neighbourhood tells where they stand. */
const sea = new Uint8Array(LONG);
for (let index = 0; index < LONG; index++) sea[index] = index ^ (index >> 8) ^ (index >> 16);

function fileBytes(length: number): Uint8Array {
	return sea.slice(0, length);
}

/** Gives pieces, then ends; an Error among them breaks the line there. */
function arriving(parts: readonly (Uint8Array | Error)[], onCancel: () => void = () => {}): ArrivingSource["reader"] {
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

function answer(
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

/** A platform whose server answers from a script and whose pauses take no time. */
class FakePlatform implements SourcePlatform {
	/** Answers of the server, in order; an Error is a failure of the network. */
	answers: (ResponseLike | Error | Promise<ResponseLike>)[] = [];
	opened: StoredSource | ArrivingSource | null = null;
	onPause: () => void = () => {};
	readonly pauses: number[] = [];
	requests = 0;
	aborts = 0;
	spools = 0;
	discarded = 0;
	/** Pieces that a hash was given, each by its length. */
	readonly hashed: number[] = [];

	open(): Promise<StoredSource | ArrivingSource> {
		if (this.opened === null) throw new Error("nothing to open");
		return Promise.resolve(this.opened);
	}

	fetch(): { readonly response: Promise<ResponseLike>; abort(): void } {
		this.requests += 1;
		const next = this.answers.shift();
		if (next === undefined) throw new Error("the server was asked once too often");
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

/** A stored source that counts what is done with it. */
class FakeFile implements StoredSource {
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

/** What opening told. */
interface Heard {
	readonly stages: string[];
	readonly bytes: [number, number | null][];
}

function open(
	platform: FakePlatform,
	options: { kind?: "url" | "path"; cancellation?: Cancellation; onBytes?: () => void; isNew?: boolean } = {},
): { readonly heard: Heard; readonly opening: ReturnType<typeof openSource> } {
	const heard: Heard = { stages: [], bytes: [] };
	const source =
		options.kind === "path" ? ({ kind: "path", path: "/tune" } as const) : ({ kind: "url", url: URL } as const);
	const cancellation = options.cancellation ?? new Cancellation();
	const hear = (stage: string): Promise<void> => {
		heard.stages.push(stage);
		cancellation.check();
		return Promise.resolve();
	};
	const opening = openSource(source, platform, cancellation, {
		memoryBudget: 2 ** 30,
		onBytes: (read, total) => {
			heard.bytes.push([read, total]);
			options.onBytes?.();
			return hear("reading");
		},
		onRetry: () => hear("retrying"),
		mayBeKnown: () => Promise.resolve(!options.isNew),
	});
	return { heard, opening };
}

test("a server that fails twice is asked a third time, after longer and longer pauses, and each is told", async () => {
	const platform = new FakePlatform();
	platform.answers = [answer(503), new TypeError("connection reset"), answer(200, [fileBytes(10)])];
	const { heard, opening } = open(platform);
	const { source, contentHash } = await opening;
	expect(readWhole(source.bytes)).toEqual(fileBytes(10));
	expect(contentHash).toBe(hashOf(fileBytes(10)));
	expect(platform.pauses).toEqual([250, 500]);
	expect(heard.stages).toEqual(["retrying", "retrying", "reading"]);
});

test.for([408, 425, 429, 500, 502, 503, 504])("status %i is tried four times in all and then told", async (status) => {
	const platform = new FakePlatform();
	platform.answers = Array.from({ length: 4 }, () => answer(status));
	await expect(open(platform).opening).rejects.toMatchObject({
		code: "read-failed",
		message: `the server answered ${status} said the server for ${URL}; try again`,
	});
	expect(platform.pauses).toEqual([250, 500, 1000]);
});

test.for([
	[404, "file-not-found", "File not found"],
	[410, "file-not-found", "File not found"],
	[400, "read-failed", "400"],
	[401, "read-failed", "401"],
	[403, "read-failed", "403"],
	[501, "read-failed", "501"],
] as const)("status %i is final: %s at the first answer", async ([status, code, words]) => {
	const platform = new FakePlatform();
	platform.answers = [answer(status)];
	await expect(open(platform).opening).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
	expect([platform.requests, platform.pauses]).toEqual([1, []]);
});

test("a line that breaks in the middle is read again from the start, and nothing is left of the first try", async () => {
	const platform = new FakePlatform();
	const bytes = fileBytes(LONG);
	platform.answers = [
		answer(200, [bytes, new Error("reset")]),
		answer(200, [bytes.subarray(0, 99), bytes.subarray(99)]),
	];
	const { source, contentHash } = await open(platform).opening;
	expect(contentHash).toBe(hashOf(bytes));
	expect(Buffer.compare(readWhole(source.bytes), bytes)).toBe(0);
	expect([platform.spools, platform.discarded]).toEqual([2, 1]);
	await source.close();
	expect(platform.discarded).toBe(2);
});

test("a file announced as long is spooled from its first byte, and the same one announced wrongly is, too", async () => {
	for (const bytes of [fileBytes(LONG), fileBytes(1000)]) {
		const platform = new FakePlatform();
		platform.answers = [answer(200, [bytes.subarray(0, 300), bytes.subarray(300)], LONG)];
		const { source, contentHash } = await open(platform).opening;
		expect([platform.spools, platform.hashed]).toEqual([1, [300, bytes.length - 300]]);
		expect(contentHash).toBe(hashOf(bytes));
		expect(Buffer.compare(readWhole(source.bytes), bytes)).toBe(0);
	}
});

test("an error of the engine's own is not tried again", async () => {
	const platform = new FakePlatform();
	platform.answers = [answer(200, [fileBytes(4)])];
	const opening = open(platform, {
		onBytes: () => {
			throw new LooperError("out-of-memory", "no room");
		},
	}).opening;
	await expect(opening).rejects.toMatchObject({ code: "out-of-memory" });
	expect(platform.requests).toBe(1);
});

test("a load cancelled before the server answers ends the request, and asks no more", async () => {
	const platform = new FakePlatform();
	const cancellation = new Cancellation();
	let refuse: (error: Error) => void = () => {};
	platform.answers = [
		new Promise((_, reject) => {
			refuse = reject;
		}),
	];
	const { opening } = open(platform, { cancellation });
	cancellation.cancel();
	expect(platform.aborts).toBe(1);
	refuse(new DOMException("aborted", "AbortError"));
	await expect(opening).rejects.toMatchObject({ code: "cancelled" });
	expect([platform.requests, platform.pauses]).toEqual([1, []]);
});

test("a load cancelled while it arrives ends the request there", async () => {
	const platform = new FakePlatform();
	const cancellation = new Cancellation();
	platform.answers = [answer(200, [fileBytes(4), fileBytes(4), fileBytes(4)])];
	const { heard, opening } = open(platform, { cancellation, onBytes: () => cancellation.cancel() });
	await expect(opening).rejects.toMatchObject({ code: "cancelled" });
	expect([platform.aborts, heard.bytes]).toEqual([1, [[4, null]]]);
});

test("a load cancelled between two tries asks the server no more", async () => {
	const platform = new FakePlatform();
	const cancellation = new Cancellation();
	platform.answers = [answer(503), answer(200, [fileBytes(4)])];
	platform.onPause = () => cancellation.cancel();
	await expect(open(platform, { cancellation }).opening).rejects.toMatchObject({ code: "cancelled" });
	expect(platform.requests).toBe(1);
});

test("the hash is the same for bytes kept, bytes spooled and bytes in a file", async () => {
	for (const length of [0, 1, KEPT_BYTES, LONG]) {
		const bytes = fileBytes(length);
		const platform = new FakePlatform();
		platform.answers = [answer(200, [bytes])];
		platform.opened = new FakeFile(bytes);
		const fromServer = await open(platform).opening;
		const fromFile = await open(platform, { kind: "path" }).opening;
		expect(fromServer.contentHash).toBe(hashOf(bytes));
		expect(fromFile.contentHash).toBe(hashOf(bytes));
		expect(platform.spools).toBe(length > KEPT_BYTES ? 1 : 0);
	}
});

test("a short file is kept in memory and let go of; a long one is hashed a mebibyte at a time and stays open", async () => {
	const platform = new FakePlatform();
	const short = new FakeFile(fileBytes(1000));
	platform.opened = short;
	const kept = await open(platform, { kind: "path" }).opening;
	expect([short.closed, platform.hashed]).toEqual([1, []]);
	expect(readWhole(kept.source.bytes)).toEqual(fileBytes(1000));
	const long = new FakeFile(fileBytes(LONG));
	platform.opened = long;
	const { heard, opening } = open(platform, { kind: "path" });
	const { source } = await opening;
	expect(source).toBe(long);
	expect([long.closed, platform.hashed]).toEqual([0, [...Array.from({ length: 16 }, () => 2 ** 20), 1]]);
	expect(heard.bytes.at(-1)).toEqual([LONG, LONG]);
});

test("a long file that can be streamed is hashed from one stream, which is let go of even when nobody wants it", async () => {
	const platform = new FakePlatform();
	const bytes = fileBytes(LONG);
	let cancelled = 0;
	const streamed = (): StoredSource => {
		const pieces = [bytes.subarray(0, 5_000_000), bytes.subarray(5_000_000)];
		return Object.assign(new FakeFile(bytes), {
			stream: () => ({
				read: () => Promise.resolve({ done: pieces.length === 0, value: pieces.shift() }),
				cancel: async () => {
					cancelled += 1;
				},
			}),
		});
	};
	platform.opened = streamed();
	expect((await open(platform, { kind: "path" }).opening).contentHash).toBe(hashOf(bytes));
	expect(platform.hashed).toEqual([5_000_000, LONG - 5_000_000]);
	platform.opened = streamed();
	const refuse = (): void => {
		throw new LooperError("cancelled", "nobody wants it");
	};
	await expect(open(platform, { kind: "path", onBytes: refuse }).opening).rejects.toMatchObject({ code: "cancelled" });
	expect(cancelled).toBe(2);
});

test("a file that changed or became shorter while it was hashed is told, and closed", async () => {
	const changed = new FakeFile(fileBytes(100));
	changed.changed = true;
	const cut = new FakeFile(fileBytes(LONG), LONG - 5);
	for (const file of [changed, cut]) {
		const platform = new FakePlatform();
		platform.opened = file;
		await expect(open(platform, { kind: "path" }).opening).rejects.toMatchObject({ code: "read-failed" });
		expect(file.closed).toBe(1);
	}
});

test("a load cancelled while its file is hashed closes the file", async () => {
	const platform = new FakePlatform();
	const cancellation = new Cancellation();
	const file = new FakeFile(fileBytes(LONG));
	platform.opened = file;
	const { heard, opening } = open(platform, { kind: "path", cancellation, onBytes: () => cancellation.cancel() });
	await expect(opening).rejects.toMatchObject({ code: "cancelled" });
	expect([file.closed, heard.bytes.length]).toEqual([1, 1]);
});

test("a load cancelled while a pipe says nothing lets go of the pipe and ends", async () => {
	const platform = new FakePlatform();
	const cancellation = new Cancellation();
	let end: (answer: { done: true }) => void = () => {};
	const reader = {
		read: () =>
			new Promise<{ done: true }>((resolve) => {
				end = resolve;
			}),
		cancel: () => Promise.resolve(end({ done: true })),
	};
	platform.opened = { reader, byteLength: null };
	const { opening } = open(platform, { kind: "path", cancellation });
	await Promise.resolve();
	cancellation.cancel();
	await expect(opening).rejects.toMatchObject({ code: "cancelled" });
});

test("what arrives from a pipe is gathered as from a server, and never asked for twice", async () => {
	const platform = new FakePlatform();
	let cancelled = 0;
	platform.opened = { reader: arriving([fileBytes(3), new Error("broken pipe")], () => cancelled++), byteLength: null };
	await expect(open(platform, { kind: "path" }).opening).rejects.toThrow("broken pipe");
	expect([cancelled, platform.pauses]).toEqual([1, []]);
});

test("a long file whose fingerprint is new is not hashed before it is decoded, but as it is, and once", async () => {
	const platform = new FakePlatform();
	const bytes = fileBytes(LONG);
	const file = new FakeFile(bytes);
	platform.opened = file;
	const { source, contentHash, fingerprint, nameContent } = await open(platform, { kind: "path", isNew: true }).opening;
	expect([contentHash, platform.hashed, file.closed]).toEqual([null, [], 0]);
	expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
	expect(Buffer.compare(readWhole(source.bytes), bytes)).toBe(0);
	expect(await nameContent(() => Promise.reject(new Error("all was read")))).toBe(hashOf(bytes));
	expect(platform.hashed.reduce((sum, length) => sum + length, 0)).toBe(LONG);
	file.changed = true;
	await expect(source.checkUnchanged()).rejects.toMatchObject({ code: "read-failed" });
	await source.close();
	expect(file.closed).toBe(1);
});

test("a long source has the same fingerprint from everywhere; a short one has none, and its hash at once", async () => {
	const platform = new FakePlatform();
	const bytes = fileBytes(LONG);
	platform.answers = [answer(200, [bytes]), answer(200, [bytes.subarray(1)])];
	platform.opened = new FakeFile(bytes);
	const fromServer = await open(platform, { isNew: true }).opening;
	const shorter = await open(platform, { isNew: true }).opening;
	const isNew = await open(platform, { kind: "path", isNew: true }).opening;
	const isKnown = await open(platform, { kind: "path" }).opening;
	expect(new Set([fromServer, isNew, isKnown].map(({ fingerprint }) => fingerprint)).size).toBe(1);
	for (const { contentHash, nameContent } of [fromServer, isKnown]) {
		expect(contentHash).toBe(hashOf(bytes));
		expect(await nameContent(() => Promise.reject(new Error("nothing is left")))).toBe(hashOf(bytes));
	}
	expect([shorter.fingerprint, shorter.contentHash]).toEqual([null, hashOf(bytes.subarray(1))]);
});

test("a long file that is too short for its fingerprint, or not wanted any more, is closed", async () => {
	const platform = new FakePlatform();
	const cut = new FakeFile(fileBytes(LONG), LONG - 5);
	platform.opened = cut;
	await expect(open(platform, { kind: "path", isNew: true }).opening).rejects.toMatchObject({ code: "read-failed" });
	expect(cut.closed).toBe(1);
});
