import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { MalformedAudioError } from "flitzis-looper";
import { beforeAll, describe, expect, test } from "vitest";
import { offlineEngine, SAMPLE_RATE, temporaryFolder } from "./engine-harness.ts";
import { ascii, concat, convertWithFfmpeg, music, writeWave } from "./fixtures.ts";

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const wave = writeWave(music(20_000, SAMPLE_RATE, 2, 1), { coding: "s16", sampleRate: SAMPLE_RATE, channels: 2 });
/** An empty ID3v2 tag. */
const TAG = concat([ascii("ID3"), Uint8Array.of(3, 0, 0, 0, 0, 0, 10), new Uint8Array(10)]);

let files: Readonly<Record<"mp3" | "vorbis" | "opus", Uint8Array<ArrayBuffer>>>;

beforeAll(() => {
	const convert = (to: string, codec: string) => convertWithFfmpeg(wave, { from: "wav", to, args: ["-c:a", codec] });
	files = {
		mp3: convert("mp3", "libmp3lame"),
		vorbis: convert("ogg", "libvorbis"),
		opus: convert("opus", "libopus"),
	};
});

test.each([
	["mp3", "MP3"],
	["vorbis", "Ogg Vorbis"],
	["opus", "Opus"],
] as const)("without the file of the %s decoder only its format is refused, with the reason", async (name, format) => {
	const missing = join(temporaryFolder(), "none.js");
	const engine = await offlineEngine({ loaderThreads: 1, assets: { decoders: { [name]: missing } } });
	await expect(engine.loadSample(0, files[name])).rejects.toMatchObject({
		code: "unsupported-platform",
		message: expect.stringMatching(
			new RegExp(
				`^The ${format} decoder cannot be loaded from file:.*none\\.js .*Serve it .*, or set assets\\.decoders\\.${name}\\.$`,
			),
		),
	});
	for (const [other, bytes] of Object.entries(files)) {
		if (other !== name) expect((await engine.loadSample(1, bytes)).frames).toBeGreaterThan(19_000);
	}
	await engine.loadSample(2, wave);
	expect([engine.sampleInfo(0), engine.sampleInfo(2)?.frames]).toEqual([null, 20_000]);
});

describe("without the files of formats", () => {
	const convert = (to: string, ...args: readonly string[]) => convertWithFfmpeg(wave, { from: "wav", to, args });
	const refused = (kind: "compressed" | "lossless") => ({
		code: "unsupported-platform",
		message: expect.stringMatching(
			new RegExp(
				`^The code of ${kind} formats cannot be loaded from file:.*none\\.js .*Serve it .*, or set assets\\.${kind}Formats\\.$`,
			),
		),
	});
	let lossless: readonly Uint8Array<ArrayBuffer>[];
	let oggFlac: Uint8Array<ArrayBuffer>;

	beforeAll(() => {
		lossless = [convert("aiff"), convert("caf"), convert("flac")];
		lossless = [...lossless, ...lossless.map((bytes) => concat([TAG, bytes]))];
		oggFlac = convert("ogg", "-c:a", "flac");
	});

	test("WAV loads, tags before it included, and what is no audio is named", async () => {
		const missing = join(temporaryFolder(), "none.js");
		const assets = { losslessFormats: missing, compressedFormats: missing };
		const engine = await offlineEngine({ loaderThreads: 1, assets });
		const page = ascii("<!doctype html><title>Not found</title>");
		await expect(engine.loadSample(0, page)).rejects.toMatchObject({ code: "unsupported-format" });
		for (const bytes of [wave, concat([TAG, wave])]) expect((await engine.loadSample(0, bytes)).frames).toBe(20_000);
	});

	test("those of the other kind load", async () => {
		const missing = join(temporaryFolder(), "none.js");
		const engine = await offlineEngine({ loaderThreads: 1, assets: { losslessFormats: missing } });
		for (const bytes of [...lossless, oggFlac])
			await expect(engine.loadSample(0, bytes)).rejects.toMatchObject(refused("lossless"));
		for (const bytes of Object.values(files))
			expect((await engine.loadSample(0, bytes)).frames).toBeGreaterThan(19_000);
		const other = await offlineEngine({ loaderThreads: 1, assets: { compressedFormats: missing } });
		for (const bytes of [...Object.values(files), oggFlac])
			await expect(other.loadSample(0, bytes)).rejects.toMatchObject(refused("compressed"));
		for (const bytes of lossless) expect((await other.loadSample(0, bytes)).frames).toBe(20_000);
	});
});

test("what the compressed formats throw keeps its code and its place in the file", async () => {
	const engine = await offlineEngine({ loaderThreads: 1 });
	const cut = files.vorbis.slice(0, -1_000);
	const load = (bytes: Uint8Array<ArrayBuffer>, strict: boolean) => engine.loadSample(0, bytes, { strict });
	const bare = await load(cut, true).catch((error: unknown) => error);
	expect(bare).toBeInstanceOf(MalformedAudioError);
	const { byteOffset } = bare as MalformedAudioError;
	expect(byteOffset).toBeGreaterThan(0);
	await expect(load(concat([TAG, cut]), true)).rejects.toMatchObject({
		name: "MalformedAudioError",
		byteOffset: TAG.length + byteOffset,
	});
	const surround = convertWithFfmpeg(wave, { from: "wav", to: "ogg", args: ["-ac", "6", "-c:a", "libvorbis"] });
	await expect(load(surround, false)).rejects.toMatchObject({ code: "unsupported-channels" });
});

test("a replaced decoder is the one that decodes, and what is not asked for is not imported", async () => {
	const folder = temporaryFolder();
	const base = join(folder, "engine");
	mkdirSync(base);
	const own = readdirSync(dist).filter((file) =>
		/\.(?:node\.js|wasm)$|^decoder-|-formats\.js$|^kernel-processor/.test(file),
	);
	for (const file of own) await cp(join(dist, file), join(base, file));
	const elsewhere = join(folder, "our-mp3.js");
	renameSync(join(base, "decoder-mp3.js"), elsewhere);
	rmSync(join(base, "decoder-opus.js"));
	const assets = { base, decoders: { mp3: elsewhere } };
	const engine = await offlineEngine({ loaderThreads: 1, assets, preloadDecoders: ["mp3", "opus"] });
	expect(existsSync(join(base, "decoder-mp3.js"))).toBe(false);
	for (const bytes of [files.mp3, files.vorbis, wave]) {
		expect((await engine.loadSample(0, bytes)).frames).toBeGreaterThan(19_000);
	}
	await expect(engine.loadSample(1, files.opus)).rejects.toMatchObject({ code: "unsupported-platform" });
});

test.each([
	["mp3", "an array"],
	[["flac"], '"mp3", "vorbis" or "opus"'],
])("preloadDecoders %j is refused", async (preloadDecoders, expected) => {
	await expect(offlineEngine({ preloadDecoders: preloadDecoders as never })).rejects.toThrow(expected);
});
