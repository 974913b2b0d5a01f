import { expect, test } from "vitest";
import type { Host } from "../host.ts";
import type { SampleSource } from "../protocol/sample-source.ts";
import { nameSource } from "./load-source.ts";

const absent = (): never => {
	throw new Error("nameSource has no use for this");
};

/** A host of which only what names a source works. */
const host: Host = {
	assets: {
		kernel: "",
		kernelUnshared: "",
		loaderKernel: "",
		loaderThread: "",
		recordingThread: "",
		analysisThread: "",
		worklet: "",
		decoderFiles: { lossless: "", compressed: "", mp3: "", vorbis: "", opus: "" },
	},
	processorCores: 1,
	threadRemedy: () => "",
	checkPlatform: absent,
	createChannel: absent,
	now: absent,
	after: absent,
	whenIdle: absent,
	compile: absent,
	spawnLoaderThread: absent,
	spawnAnalysisThread: absent,
	get recording() {
		return absent();
	},
	openDevice: absent,
	isBlob: (value): value is Blob => value instanceof Blob,
	resolveSource: (source) => ({ kind: "path", path: `/here/${source}` }),
	cacheDirectory: absent,
	detach: (buffer) => structuredClone(buffer, { transfer: [buffer] }),
};

function bytesOf(value: SampleSource, transfer = false): Uint8Array {
	const { name, source } = nameSource(value, transfer, host);
	if (source.kind !== "bytes") throw new Error(`${name} is a ${source.kind}`);
	expect(name).toBe("bytes");
	return source.bytes;
}

test("a string is resolved where the caller stands and named as it was given", () => {
	expect(nameSource("kick.wav", false, host)).toEqual({
		name: "kick.wav",
		source: { kind: "path", path: "/here/kick.wav" },
	});
});

test("a URL object is resolved like its text", () => {
	expect(nameSource(new URL("https://example.org/a b.wav"), true, host)).toEqual({
		name: "https://example.org/a%20b.wav",
		source: { kind: "path", path: "/here/https://example.org/a%20b.wav" },
	});
});

test("a File is named by its name, a Blob without one is a blob; neither is read", () => {
	const file = new File(["abc"], "snare.flac");
	const blob = new Blob(["abc"]);
	expect(nameSource(file, false, host)).toEqual({ name: "snare.flac", source: { kind: "blob", blob: file } });
	expect(nameSource(blob, false, host)).toEqual({ name: "blob", source: { kind: "blob", blob } });
	expect(nameSource(new File([""], ""), false, host).name).toBe("blob");
});

test("bytes are copied at the call: later changes and a transfer of the original do not reach them", () => {
	const original = Uint8Array.of(1, 2, 3, 4);
	const bytes = bytesOf(original.buffer);
	original[0] = 99;
	structuredClone(original.buffer, { transfer: [original.buffer] });
	expect(bytes).toEqual(Uint8Array.of(1, 2, 3, 4));
});

test.each<[string, (buffer: ArrayBuffer) => ArrayBufferView]>([
	["Uint8Array", (buffer) => new Uint8Array(buffer, 2, 4)],
	["Float32Array", (buffer) => new Float32Array(buffer, 4, 1)],
	["DataView", (buffer) => new DataView(buffer, 4, 4)],
	["Buffer", (buffer) => Buffer.from(buffer, 3, 4)],
])("of a %s only its own stretch is taken, copied or transferred", (_, viewOf) => {
	for (const transfer of [false, true]) {
		const buffer = Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7).buffer;
		const view = viewOf(buffer);
		const expected = new Uint8Array(buffer, view.byteOffset, view.byteLength).slice();
		const bytes = bytesOf(view, transfer);
		expect(bytes).toEqual(expected);
		expect(bytes.buffer.byteLength).toBe(transfer ? 8 : view.byteLength);
		expect(buffer.byteLength).toBe(transfer ? 0 : 8);
	}
});

test("a transfer takes the buffer itself and detaches the caller's", () => {
	const buffer = Uint8Array.of(1, 2, 3).buffer;
	expect(bytesOf(buffer, true)).toEqual(Uint8Array.of(1, 2, 3));
	expect(buffer.byteLength).toBe(0);
});

test("shared buffers are read in place, with and without transfer", () => {
	const shared = new SharedArrayBuffer(8);
	for (const transfer of [false, true]) {
		expect(bytesOf(shared, transfer).buffer).toBe(shared);
		const view = bytesOf(new Uint8Array(shared, 2, 3), transfer);
		expect([view.buffer, view.byteOffset, view.byteLength]).toEqual([shared, 2, 3]);
	}
});

test("an empty buffer is no bytes", () => {
	expect(bytesOf(new ArrayBuffer(0))).toEqual(new Uint8Array(0));
	expect(bytesOf(new ArrayBuffer(0), true)).toEqual(new Uint8Array(0));
});

test.each<[string, unknown, string]>([
	["null", null, "null"],
	["undefined", undefined, "undefined"],
	["a number", 5, "5"],
	["a boolean", true, "true"],
	["a symbol", Symbol("s"), "Symbol(s)"],
	["an array", [1, 2], "a list of 2"],
	["a plain object", {}, "an object"],
	["an object with a href that is no text", { href: 1 }, "an object"],
])("%s is no source", (_, value, shown) => {
	const call = (): unknown => nameSource(value as SampleSource, false, host);
	expect(call).toThrow(TypeError);
	expect(call).toThrow(
		`The value of source must be a path, URL, Request, Response, ReadableStream, Blob, ArrayBuffer, typed array, AudioBuffer or { channels, sampleRate }, not ${shown}`,
	);
});
