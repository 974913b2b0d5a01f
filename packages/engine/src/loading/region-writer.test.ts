import { expect, test } from "vitest";
import { loaderModule } from "../../test/loader-module.ts";
import { LooperError } from "../errors.ts";
import { seamFrames } from "../protocol/seam.ts";
import { GUARD_FRAMES } from "../protocol/shared-memory.ts";
import { PcmCleaner } from "./pcm-cleaner.ts";
import { SharedPcm } from "./pcm-target.ts";
import { type RegionSource, RegionWriter } from "./region-writer.ts";

const CANARY = 12_345;
const cleaner = new PcmCleaner(loaderModule);

/** A shared memory full of canaries that allocates one region after the other. */
class TestRegions implements RegionSource {
	readonly memory: WebAssembly.Memory = new WebAssembly.Memory({ initial: 2, maximum: 16, shared: true });
	readonly allocated: { readonly address: number; readonly bytes: number }[] = [];
	readonly released: number[] = [];
	#next = 1024;

	constructor() {
		this.samples().fill(CANARY);
	}

	reserve(bytes: number, _extending: number | null): Promise<number> {
		const address = this.#next;
		this.allocated.push({ address, bytes });
		// 16 bytes between regions stay nobody's.
		this.#next += Math.ceil(bytes / 16) * 16 + 16;
		return Promise.resolve(address);
	}

	release(address: number): void {
		this.released.push(address);
	}

	samples(): Float32Array {
		return new Float32Array(this.memory.buffer);
	}

	/** The newest region, guards included. */
	region(): number[] {
		const { address, bytes } = this.allocated.at(-1)!;
		return [...this.samples().subarray(address / 4, (address + bytes) / 4)];
	}

	/** True when the bytes that were never allocated are still as they were. */
	isRestUntouched(): boolean {
		const rest = this.samples().slice();
		for (const { address, bytes } of this.allocated) rest.fill(CANARY, address / 4, (address + bytes) / 4);
		return rest.every((sample) => sample === CANARY);
	}
}

function create(channels: number, edgeFrames = 0): { regions: TestRegions; writer: RegionWriter } {
	const regions = new TestRegions();
	return {
		regions,
		writer: new RegionWriter(new SharedPcm(regions.memory), regions, cleaner, { channels, edgeFrames }),
	};
}

/** Samples 1, 2, 3 … */
function counting(length: number, from = 1): Float32Array {
	return Float32Array.from({ length }, (_, index) => from + index);
}

const guard = (channels: number): number[] => Array.from({ length: GUARD_FRAMES * channels }, () => 0);

test.each([1, 2])("%i channels lie between guard frames of silence, exactly as long as declared", async (channels) => {
	const { regions, writer } = create(channels);
	await writer.ensure(100);
	for (let frame = 0; frame < 100; frame += 20) writer.append(counting(20 * channels, 1 + frame * channels));
	await writer.close();
	expect(regions.allocated.map(({ bytes }) => bytes)).toEqual([(100 + 2 * GUARD_FRAMES) * channels * 4]);
	expect(regions.region()).toEqual([...guard(channels), ...counting(100 * channels), ...guard(channels)]);
	expect([writer.address, writer.frames, writer.peak]).toEqual([1024, 100, 100 * channels]);
	expect(regions.isRestUntouched()).toBe(true);
});

test.each([1, 2])("%i channels with edges have them behind the guard frames, cleaned", async (channels) => {
	const { regions, writer } = create(channels, 3);
	await writer.ensure(100);
	writer.append(counting(100 * channels));
	const { peak, pcmChecksum } = writer;
	const edges = counting(seamFrames(100, 3) * channels, 1_000);
	await writer.close(Float32Array.of(Number.NaN, ...edges.subarray(1)));
	expect(regions.region()).toEqual([
		...guard(channels),
		...counting(100 * channels),
		...guard(channels),
		0,
		...edges.subarray(1),
	]);
	expect([writer.peak, writer.pcmChecksum]).toEqual([peak, pcmChecksum]);
	expect(regions.isRestUntouched()).toBe(true);
});

test("a sample with edges that is shorter or longer than declared has room for those of its own length", async () => {
	for (const [declared, frames, edgeFrames] of [
		[100, 5, 40],
		[1, 100, 40],
		[1, 1, 40],
	] as const) {
		const edges = seamFrames(frames, edgeFrames);
		const { regions, writer } = create(1, edgeFrames);
		await writer.ensure(declared);
		await writer.ensure(frames);
		writer.append(counting(frames));
		await writer.close(counting(edges, 1_000));
		const written = [...guard(1), ...counting(frames), ...guard(1), ...counting(edges, 1_000)];
		expect(regions.region().slice(0, written.length)).toEqual(written);
		expect(regions.isRestUntouched()).toBe(true);
	}
});

test("edges of another length than the sample's are refused", async () => {
	const { writer } = create(2, 3);
	await writer.ensure(10);
	writer.append(counting(20));
	expect(() => writer.close(new Float32Array(12))).toThrow("12 samples are not the edges of 10 frames");
});

test("a sample shorter than declared has its end guard right behind its last frame", async () => {
	const { regions, writer } = create(2);
	await writer.ensure(100);
	writer.append(counting(60));
	await writer.close();
	const used = (30 + 2 * GUARD_FRAMES) * 2;
	expect(regions.region().slice(0, used)).toEqual([...guard(2), ...counting(60), ...guard(2)]);
	expect(writer.frames).toBe(30);
});

test.each([1, 2])(
	"%i channels longer than declared move to longer regions with all that was written",
	async (channels) => {
		const { regions, writer } = create(channels);
		await writer.ensure(10);
		for (let frame = 0; frame < 100; frame++) {
			await writer.ensure(frame + 1);
			writer.append(counting(channels, 1 + frame * channels));
		}
		await writer.close();
		const frames = regions.allocated.map(({ bytes }) => bytes / (4 * channels) - 2 * GUARD_FRAMES);
		expect(frames).toEqual([10, 15, 23, 35, 53, 80, 120]);
		expect(regions.released).toEqual(regions.allocated.slice(0, -1).map(({ address }) => address));
		expect(writer.address).toBe(regions.allocated.at(-1)!.address);
		const used = (100 + 2 * GUARD_FRAMES) * channels;
		expect(regions.region().slice(0, used)).toEqual([
			...guard(channels),
			...counting(100 * channels),
			...guard(channels),
		]);
		expect(regions.isRestUntouched()).toBe(true);
	},
);

test("an extension far beyond the last takes what is asked for", async () => {
	const { regions, writer } = create(1);
	await writer.ensure(10);
	await writer.ensure(1000);
	expect(regions.allocated.map(({ bytes }) => bytes)).toEqual([
		(10 + 2 * GUARD_FRAMES) * 4,
		(1000 + 2 * GUARD_FRAMES) * 4,
	]);
});

test("room that is there is not reserved again", async () => {
	const { regions, writer } = create(1);
	for (const frames of [10, 10, 3, 0]) await writer.ensure(frames);
	expect(regions.allocated.length).toBe(1);
	expect(regions.released).toEqual([]);
});

test("the memory may grow between two appends", async () => {
	const { regions, writer } = create(1);
	await writer.ensure(4);
	writer.append(counting(2));
	regions.memory.grow(3);
	writer.append(counting(2, 3));
	await writer.close();
	expect(regions.region()).toEqual([...guard(1), 1, 2, 3, 4, ...guard(1)]);
});

test("NaN, infinities, what is below 2^-63 and -0 are written as 0 and do not count for the peak", async () => {
	const { regions, writer } = create(1);
	const unfit = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2 ** -64, -(2 ** -64), -0];
	await writer.ensure(unfit.length + 2);
	writer.append(Float32Array.of(...unfit));
	expect(writer.peak).toBe(0);
	writer.append(Float32Array.of(2 ** -63, -0.75));
	await writer.close();
	expect(regions.region()).toEqual([...guard(1), 0, 0, 0, 0, 0, 0, 2 ** -63, -0.75, ...guard(1)]);
	expect(writer.peak).toBe(0.75);
});

test("the peak is the highest of all appends, whichever comes first", async () => {
	const { writer } = create(2);
	await writer.ensure(3);
	const peaks = [Float32Array.of(0.1, -0.5), Float32Array.of(0.2, 0.3), Float32Array.of(-2, 0)].map((samples) => {
		writer.append(samples);
		return writer.peak;
	});
	expect(peaks).toEqual([0.5, 0.5, 2]);
});

test("frames that no room was made for are refused before anything is written", async () => {
	const { regions, writer } = create(2);
	await writer.ensure(4);
	writer.append(counting(6));
	expect(() => writer.append(counting(4))).toThrow("5 frames do not fit a region for 4");
	expect([writer.frames, writer.peak]).toEqual([3, 6]);
	expect(regions.isRestUntouched()).toBe(true);
});

test("an extension that is refused leaves region and frames as they were", async () => {
	const { regions, writer } = create(1);
	await writer.ensure(2);
	writer.append(counting(2));
	regions.reserve = () => Promise.reject(new LooperError("out-of-memory", "no"));
	await expect(writer.ensure(3)).rejects.toThrow("no");
	expect([writer.address, writer.frames, regions.released]).toEqual([1024, 2, []]);
	await writer.close();
	expect(regions.region()).toEqual([...guard(1), 1, 2, ...guard(1)]);
});

test("a region that is extended where it lies keeps its place, and nothing is released", async () => {
	const { regions, writer } = create(1);
	const asked: [bytes: number, extending: number | null][] = [];
	regions.reserve = (bytes, extending) => {
		asked.push([bytes, extending]);
		return Promise.resolve(extending ?? 1024);
	};
	await writer.ensure(2);
	writer.append(counting(2));
	await writer.ensure(100);
	writer.append(counting(98, 3));
	await writer.close();
	const bytes = (frames: number): number => (frames + 2 * GUARD_FRAMES) * 4;
	expect(asked).toEqual([
		[bytes(2), null],
		[bytes(100), 1024],
	]);
	expect([writer.address, regions.released]).toEqual([1024, []]);
	const written = regions.samples().subarray(1024 / 4, (1024 + bytes(100)) / 4);
	expect([...written]).toEqual([...guard(1), ...counting(100), ...guard(1)]);
});

test("an extension ahead of need that is refused is asked for again as far as it is needed", async () => {
	const { regions, writer } = create(1);
	await writer.ensure(10);
	const reserve = regions.reserve.bind(regions);
	regions.reserve = (bytes) =>
		bytes > (12 + 2 * GUARD_FRAMES) * 4 ? Promise.reject(new LooperError("out-of-memory", "no")) : reserve(bytes, null);
	await writer.ensure(11);
	expect(regions.allocated.map(({ bytes }) => bytes / 4 - 2 * GUARD_FRAMES)).toEqual([10, 11]);
});
