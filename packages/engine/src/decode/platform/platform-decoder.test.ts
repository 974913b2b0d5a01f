import { describe, expect, test } from "vitest";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import type { PacketStream } from "./packet-stream.ts";
import type { PlatformAudio, PlatformCodec } from "./platform-audio.ts";
import { openPlatformDecoder } from "./platform-decoder.ts";

const PACKET_FRAMES = 100;
const DAMAGED = 0xff;

const codec: PlatformCodec = {
	name: "Test",
	codecString: "test",
	sampleRate: 8_000,
	channels: 1,
	packetFrames: PACKET_FRAMES,
	cookie: null,
};

/** A platform that decodes every packet to frames of its first byte and drops damaged packets. */
function fakeAudio({ rateFactor = 1, refusesWhole = false, lastFrames = PACKET_FRAMES } = {}) {
	const calls: number[][] = [];
	const platformAudio: PlatformAudio = {
		open: () =>
			Promise.resolve({
				decode(packets) {
					const values = packets.map((packet) => packet[0]!);
					calls.push(values);
					const sound = values.filter((value) => value !== DAMAGED);
					if (sound.length < values.length && refusesWhole) return Promise.resolve(null);
					const frames = sound.flatMap((value) => {
						const count = value === 7 ? lastFrames : PACKET_FRAMES;
						return Array.from({ length: count * rateFactor }, () => value / 8);
					});
					return Promise.resolve({ sampleRate: 8_000 * rateFactor, channelData: [Float32Array.from(frames)] });
				},
				close() {},
			}),
	};
	return { platformAudio, calls };
}

function streamOf(values: readonly number[], changes: Partial<PacketStream> = {}): PacketStream {
	const places = values.map((_value, index) => ({
		byteOffset: 10 * index,
		byteLength: 1,
		frames: PACKET_FRAMES,
		isAfterGap: false,
	}));
	return {
		name: "Test",
		codec,
		prerollPackets: () => 1,
		recording: { start: 0, frames: Number.POSITIVE_INFINITY },
		estimatedFrames: values.length * PACKET_FRAMES,
		packets: () => places,
		read: ({ byteOffset }) => Uint8Array.of(values[byteOffset / 10]!),
		...changes,
	};
}

const decode = (stream: PacketStream, platformAudio: PlatformAudio, options = {}) =>
	decodeAll(openPlatformDecoder(stream, decodeContext({ platformAudio, ...options })));

/** The packets that the samples come from: the value, times eight, and the length of each run of equal samples. */
function packetsIn(samples: Float32Array): [value: number, frames: number][] {
	const runs: [number, number][] = [];
	for (const sample of samples) {
		const last = runs.at(-1);
		if (last?.[0] === sample * 8) last[1]++;
		else runs.push([sample * 8, 1]);
	}
	return runs;
}

describe.each([false, true])("a platform that rejects the whole run: %s", (refusesWhole) => {
	test("a damaged packet becomes silence in place", async () => {
		const { platformAudio } = fakeAudio({ refusesWhole });
		const { samples, warnings } = await decode(streamOf([1, 2, DAMAGED, 4, 5, 6, DAMAGED]), platformAudio);
		expect(packetsIn(samples)).toEqual([1, 2, 0, 4, 5, 6, 0].map((value) => [value, PACKET_FRAMES]));
		expect(warnings).toEqual([
			"A damaged packet was replaced by silence at 0.025 s.",
			"A damaged packet was replaced by silence at 0.075 s.",
		]);
	});

	test("a strict load ends at the first damaged packet", async () => {
		const { platformAudio } = fakeAudio({ refusesWhole });
		const decoding = decode(streamOf([1, 2, DAMAGED, 4]), platformAudio, { strict: true });
		await expect(decoding).rejects.toMatchObject({ code: "malformed-audio", byteOffset: 20 });
	});

	test("a file of damage only is malformed, after a bounded number of attempts", async () => {
		const { platformAudio, calls } = fakeAudio({ refusesWhole });
		const decoding = decode(streamOf(Array.from({ length: 50_000 }, () => DAMAGED)), platformAudio);
		await expect(decoding).rejects.toMatchObject({
			code: "malformed-audio",
			message: "Nothing in the file can be decoded as Test. Export it again.",
		});
		expect(calls.length).toBeLessThan(2_100);
	});
});

test("runs are decoded after their preroll, whose frames are not repeated", async () => {
	const { platformAudio, calls } = fakeAudio();
	const values = Array.from({ length: 2_000 }, (_value, index) => 1 + (index % 6));
	const { samples } = await decode(streamOf(values, { prerollPackets: () => 2 }), platformAudio);
	expect(packetsIn(samples)).toEqual(values.map((value) => [value, PACKET_FRAMES]));
	const [, first, second] = calls;
	expect(second!.slice(0, 2)).toEqual(first!.slice(-2));
});

test("a stream with an output rate above the declared one gets the preroll for that rate", async () => {
	const prerollPackets = (isExtended: boolean): number => (isExtended ? 5 : 1);
	const values = Array.from({ length: 2_000 }, (_value, index) => 1 + (index % 6));
	for (const [rateFactor, packets] of [
		[1, 1],
		[2, 5],
	] as const) {
		const { platformAudio, calls } = fakeAudio({ rateFactor });
		await decode(streamOf(values, { prerollPackets }), platformAudio);
		const [, first, second] = calls;
		expect(second!.length - first!.length).toBe(packets);
		expect(second!.slice(0, packets)).toEqual(first!.slice(-packets));
	}
});

test("delay and padding are removed or kept", async () => {
	const stream = streamOf([1, 2, 3, 4], { recording: { start: 130, frames: 200 } });
	const cut = await decode(stream, fakeAudio().platformAudio);
	expect(packetsIn(cut.samples)).toEqual([
		[2, 70],
		[3, 100],
		[4, 30],
	]);
	expect(cut.format.frames).toBe(200);
	const whole = await decode(stream, fakeAudio().platformAudio, { trimEncoderDelay: false });
	expect(whole.samples.length).toBe(400);
	expect(whole.format.frames).toBe(400);
});

test("a decoder that doubles the rate doubles frames and recording", async () => {
	const stream = streamOf([1, 2, 3], { recording: { start: 50, frames: 200 } });
	const { samples, format } = await decode(stream, fakeAudio({ rateFactor: 2 }).platformAudio);
	expect(format).toMatchObject({ sampleRate: 16_000, frames: 400 });
	expect(packetsIn(samples)).toEqual([
		[1, 100],
		[2, 200],
		[3, 100],
	]);
});

test("only the last packet may be shorter than declared", async () => {
	const short = { lastFrames: 30 };
	const last = await decode(streamOf([1, 2, 7]), fakeAudio(short).platformAudio, { strict: true });
	expect(packetsIn(last.samples).at(-1)).toEqual([7, 30]);
	const inside = await decode(streamOf([1, 7, 2]), fakeAudio(short).platformAudio);
	expect(packetsIn(inside.samples)[1]).toEqual([0, PACKET_FRAMES]);
});

test("a file that ends inside a packet plays up to it", async () => {
	const whole = streamOf([1, 2, 3]);
	const stream = {
		...whole,
		read: (place: { byteOffset: number }) => (place.byteOffset < 20 ? Uint8Array.of(5) : null),
	};
	const { samples, warnings } = await decode(stream, fakeAudio().platformAudio);
	expect(samples.length).toBe(2 * PACKET_FRAMES);
	expect(warnings).toEqual(["The file ends inside a packet at 0.025 s."]);
});

describe("edits", () => {
	const values = [1, 2, 3, 4, 5, 6];
	const edits = [
		{ start: 350, frames: 120 },
		{ start: null, frames: 30 },
		{ start: 0, frames: 10 },
		{ start: 490, frames: 110 },
	];
	const heard: [number, number][] = [
		[4, 50],
		[5, 70],
		[0, 30],
		[1, 10],
		[5, 10],
		[6, 100],
	];

	test("play in order, and only their packets and preroll are decoded", async () => {
		const { platformAudio, calls } = fakeAudio();
		const { samples, format } = await decode(streamOf(values, { edits }), platformAudio, { strict: true });
		expect(packetsIn(samples)).toEqual(heard);
		expect(format.frames).toBe(270);
		// The first call only probes the output format.
		expect(calls).toEqual([[1, 2], [3, 4, 5], [1], [4, 5, 6]]);
	});

	test("are twice as long at twice the output rate", async () => {
		const { samples, format } = await decode(streamOf(values, { edits }), fakeAudio({ rateFactor: 2 }).platformAudio);
		expect(packetsIn(samples)).toEqual(heard.map(([value, frames]) => [value, 2 * frames]));
		expect(format.frames).toBe(540);
	});

	test("report damage at each time it is played", async () => {
		const twice = [
			{ start: 150, frames: 100 },
			{ start: 100, frames: 200 },
		];
		const { samples, warnings } = await decode(
			streamOf([1, 2, DAMAGED, 4], { edits: twice }),
			fakeAudio().platformAudio,
		);
		expect(packetsIn(samples)).toEqual([
			[2, 50],
			[0, 50],
			[2, 100],
			[0, 100],
		]);
		expect(warnings).toEqual([
			"A damaged packet was replaced by silence at 0.006 s.",
			"A damaged packet was replaced by silence at 0.025 s.",
		]);
	});

	test("of a file that ends inside a packet become silence before another edit, nothing at the end", async () => {
		const stream = {
			...streamOf(values),
			edits: [
				{ start: 250, frames: 100 },
				{ start: 0, frames: 100 },
				{ start: 250, frames: 100 },
			],
			read: ({ byteOffset }: { byteOffset: number }) =>
				byteOffset < 30 ? Uint8Array.of(values[byteOffset / 10]!) : null,
		};
		const { samples, warnings } = await decode(stream, fakeAudio().platformAudio);
		expect(packetsIn(samples)).toEqual([
			[3, 50],
			[0, 50],
			[1, 100],
			[3, 50],
		]);
		expect(warnings).toEqual([
			"The file ends inside a packet at 0.006 s.",
			"The file ends inside a packet at 0.031 s.",
		]);
	});

	test("longer than one call decodes continue without a seam", async () => {
		const long = Array.from({ length: 2_000 }, (_value, index) => 1 + (index % 6));
		const all = (await decode(streamOf(long), fakeAudio().platformAudio)).samples;
		const { samples } = await decode(
			streamOf(long, {
				edits: [
					{ start: 50_050, frames: 149_000 },
					{ start: 150, frames: 150_000 },
				],
			}),
			fakeAudio().platformAudio,
		);
		expect(samples.subarray(0, 149_000)).toEqual(all.subarray(50_050, 199_050));
		expect(samples.subarray(149_000)).toEqual(all.subarray(150, 150_150));
	});

	test("of damage only are malformed, after a bounded number of attempts", async () => {
		const { platformAudio, calls } = fakeAudio({ refusesWhole: true });
		const many = Array.from({ length: 5_000 }, (_value, index) => ({ start: 100 * (index % 7), frames: 50 }));
		const decoding = decode(
			streamOf(
				Array.from({ length: 8 }, () => DAMAGED),
				{ edits: many },
			),
			platformAudio,
		);
		await expect(decoding).rejects.toMatchObject({
			message: "Nothing in the file can be decoded as Test. Export it again.",
		});
		expect(calls.length).toBeLessThan(2_100);
	});
});
