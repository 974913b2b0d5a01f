import { expect, test } from "vitest";
import { decodeWithFfmpeg, noise } from "../../test/fixtures.ts";
import { memoryTake, memoryTakes } from "./memory-takes.ts";
import type { TakeFile } from "./take-file.ts";
import { TakeWriter } from "./take-writer.ts";

const form = { format: "f32", sampleRate: 48_000 } as const;

/** The bytes that a file has now, cut where it was finished. */
class FileModel implements TakeFile {
	bytes: Uint8Array<ArrayBuffer> = new Uint8Array();
	limit: number = Number.POSITIVE_INFINITY;

	write(bytes: Uint8Array<ArrayBuffer>, byteOffset: number): void {
		const whole = new Uint8Array(Math.max(this.bytes.length, byteOffset + bytes.length));
		whole.set(this.bytes);
		// A full disk takes a part.
		whole.set(bytes.subarray(0, Math.max(this.limit - byteOffset, 0)), byteOffset);
		this.bytes = whole;
		if (byteOffset + bytes.length > this.limit) throw new Error("no space left");
	}

	finish(byteLength: number): { readonly kind: "path"; readonly path: string } {
		this.bytes = this.bytes.slice(0, byteLength);
		return { kind: "path", path: "take.wav" };
	}

	async discard(): Promise<void> {}
}

const samples = new Float32Array(noise(1_000, 2, { seed: 1 }));

test("a file is whole at every update", () => {
	const file = new FileModel();
	const writer = new TakeWriter(file, form);
	expect(decodeWithFfmpeg(file.bytes, "wav")).toEqual(new Float32Array());
	for (const frames of [1, 400, 1_000]) {
		writer.append(samples.subarray(2 * writer.frames, 2 * frames));
		writer.update();
		expect(decodeWithFfmpeg(file.bytes, "wav")).toEqual(samples.subarray(0, 2 * frames));
	}
	expect(writer.finish(7, 0)).toMatchObject({ startFrame: 7, frames: 1_000, lostFrames: 0, failure: null });
});

test("a file that takes no more keeps what was whole, and what follows is counted", () => {
	const file = new FileModel();
	const writer = new TakeWriter(file, form);
	writer.append(samples.subarray(0, 600));
	file.limit = file.bytes.length + 100;
	writer.append(samples.subarray(600, 800));
	file.limit = Number.POSITIVE_INFINITY;
	writer.append(samples.subarray(800));
	expect(writer.isWhole).toBe(false);
	expect(writer.finish(0, 5)).toMatchObject({ frames: 300, lostFrames: 705, failure: "no space left" });
	expect(decodeWithFfmpeg(file.bytes, "wav")).toEqual(samples.subarray(0, 600));
});

test("a take in memory is the same file, up to its limit", async () => {
	const file = new FileModel();
	const memory = memoryTake(8_100);
	const writers = [file, memory].map((target) => new TakeWriter(target, form));
	for (const writer of writers) {
		writer.append(samples.subarray(0, 999));
		writer.append(samples.subarray(999, 1_998));
		writer.update();
	}
	expect(writers[0]?.finish(0, 0).failure).toBeNull();
	const { place } = writers[1]?.finish(0, 0) ?? {};
	expect(place?.kind === "memory" && Buffer.concat([...place.parts])).toEqual(Buffer.from(file.bytes));
	const small = new TakeWriter(memoryTake(7_999), form);
	small.append(samples.subarray(0, 1_998));
	small.append(samples.subarray(1_998));
	expect(small.finish(0, 0)).toMatchObject({ frames: 999, lostFrames: 1, failure: expect.stringContaining("limit") });
	await expect(memoryTakes.create("take.wav")).rejects.toThrow(/leave path out/);
});
