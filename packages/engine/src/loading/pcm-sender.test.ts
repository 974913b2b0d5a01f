import { setImmediate } from "node:timers/promises";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import { expect, onTestFinished, test } from "vitest";
import { KernelMemory } from "../audio-thread/kernel-memory.ts";
import { PcmReceiver } from "../audio-thread/pcm-receiver.ts";
import { INITIAL_PAGES } from "../memory/reserve-memory.ts";
import type { ChannelLike, PortLike } from "../protocol/message-port.ts";
import { PCM_HEAP, STATUS, STATUS_ACTIVE_VOICES } from "../protocol/shared-memory.ts";
import {
	type FromPcmReceiver,
	PCM_CHUNK_BYTES,
	PCM_CREDITS,
	PCM_CREDITS_UNDER_VOICES,
	PCM_MANY_VOICES,
	PCM_MOVE_BYTES,
	type ToPcmReceiver,
} from "../protocol/threading-messages.ts";
import { Cancellation } from "../source/cancellation.ts";
import { PcmSender } from "./pcm-sender.ts";

const CHUNK_SAMPLES = PCM_CHUNK_BYTES / 4;
const FIRST = Math.ceil(PCM_HEAP / 16) * 16;

interface Side {
	readonly memory: KernelMemory;
	readonly inlet: PcmReceiver;
	/** Samples of the audio thread's memory. */
	samples(address: number, count: number): number[];
}

function audioSide(pages = INITIAL_PAGES + 64): Side {
	const memory = new KernelMemory(new WebAssembly.Memory({ initial: pages, maximum: 2 * pages }));
	const inlet = new PcmReceiver(memory);
	onTestFinished(() => inlet.close());
	const samples = (address: number, count: number): number[] => [
		...new Float32Array(memory.memory.buffer, address, count),
	];
	return { memory, inlet, samples };
}

function openChannel(): ChannelLike<FromPcmReceiver, ToPcmReceiver> & { readonly loaderPort: MessagePort } {
	const channel = new MessageChannel();
	// A test that goes on hears its ports, whether or not they keep the process alive.
	channel.port1.ref();
	const ports = channel as unknown as ChannelLike<FromPcmReceiver, ToPcmReceiver>;
	onTestFinished(() => channel.port1.close());
	return { port1: ports.port1, port2: ports.port2, loaderPort: channel.port1 };
}

/** A loader thread's end; its timers are called by the test. */
function loader(port: PortLike<FromPcmReceiver, ToPcmReceiver>) {
	const timers: Set<() => void> = new Set();
	const waits: boolean[] = [];
	const cancellation = new Cancellation();
	const sender = new PcmSender(port, {
		after: (_, callback) => {
			timers.add(callback);
			return () => timers.delete(callback);
		},
		waiting: (isWaiting) => waits.push(isWaiting),
	});
	sender.begin(cancellation);
	return { sender, cancellation, timers, waits };
}

/** A loader thread joined to the audio side. */
function join({ inlet }: Side, number: number) {
	const { port1, port2 } = openChannel();
	inlet.add(number, port2);
	return loader(port1);
}

function counting(count: number, from: number): Float32Array {
	return Float32Array.from({ length: count }, (_, index) => from + index);
}

async function turns(count: number): Promise<void> {
	for (let turn = 0; turn < count; turn++) await setImmediate();
}

test("what several threads claim arrives where it belongs, to the sample", async () => {
	const side = audioSide();
	const places = [0, 1, 2, 3, 4].map((number) => FIRST + number * 65_536 * 8);
	await Promise.all(
		places.map(async (address, number) => {
			const { sender } = join(side, number);
			let at = address;
			for (const length of [1, 4095, 4097, 100_000, 3]) {
				await sender.room();
				sender.claim(at, length).set(counting(length, number * 1e6 + (at - address) / 4));
				at += 4 * length;
			}
			await sender.complete();
			const total = 1 + 4095 + 4097 + 100_000 + 3;
			expect(side.samples(address, total)).toEqual([...counting(total, number * 1e6)]);
		}),
	);
});

test("no more chunks are in flight than there are credits, and the threads take turns", async () => {
	const { inlet } = audioSide();
	const order: number[] = [];
	let inFlight = 0;
	let most = 0;
	const ports = [0, 1, 2].map((number) => {
		const { port1, port2 } = openChannel();
		inlet.add(number, port2);
		return { number, port: port1 };
	});
	const done = ports.map(
		({ number, port }) =>
			new Promise<void>((resolve) => {
				let left = 200;
				port.addEventListener("message", ({ data }) => {
					if (data.type !== "credit") return;
					inFlight += 1;
					most = Math.max(most, inFlight);
					order.push(number);
					// Held for a turn, as by a thread that fills it.
					void setImmediate().then(() => {
						inFlight -= 1;
						left -= 1;
						port.postMessage({ type: "chunk", address: FIRST, bytes: 4, buffer: data.buffer }, [
							data.buffer,
						] as unknown as never[]);
						return left === 0 ? resolve() : undefined;
					});
				});
				port.start();
				port.postMessage({ type: "want", chunks: 200 }, [] as never[]);
			}),
	);
	await Promise.all(done);
	expect(most).toBe(PCM_CREDITS);
	// Once all three have asked, each has a share of the credits.
	const middle = order.slice(100, 500);
	for (let index = 0; index + PCM_CREDITS <= middle.length; index += PCM_CREDITS) {
		expect(new Set(middle.slice(index, index + PCM_CREDITS)).size).toBe(3);
	}
});

test("while many voices sound fewer credits are out", async () => {
	const side = audioSide();
	side.memory.words[(STATUS + STATUS_ACTIVE_VOICES) / 4] = PCM_MANY_VOICES + 1;
	const { port1, port2 } = openChannel();
	side.inlet.add(0, port2);
	let held = 0;
	port1.addEventListener("message", () => {
		held += 1;
	});
	port1.start();
	port1.postMessage({ type: "want", chunks: 100 }, [] as never[]);
	await turns(20);
	expect(held).toBe(PCM_CREDITS_UNDER_VOICES);
});

test("what is claimed travels while more is claimed, without a wait for it", async () => {
	const side = audioSide();
	const { sender } = join(side, 0);
	for (let chunk = 0; chunk < 4; chunk++) {
		sender.claim(FIRST + chunk * PCM_CHUNK_BYTES, CHUNK_SAMPLES).fill(1 + chunk);
		expect(sender.room()).toBeNull();
		await turns(5);
		expect(side.samples(FIRST + chunk * PCM_CHUNK_BYTES, 1)).toEqual([1 + chunk]);
	}
});

test("complete settles only when the audio thread has everything", async () => {
	const side = audioSide();
	const { sender } = join(side, 0);
	sender.claim(FIRST, 50_000).set(counting(50_000, 1));
	let isComplete = false;
	const completing = sender.complete().then(() => {
		isComplete = true;
		return side.samples(FIRST + 199_996, 1);
	});
	expect(isComplete).toBe(false);
	expect(await completing).toEqual([50_000]);
});

test("a region is moved in pieces, and read back", async () => {
	const side = audioSide();
	const { sender } = join(side, 0);
	const count = (PCM_MOVE_BYTES / 4) * 2 + 77;
	sender.claim(FIRST, count).set(counting(count, 5));
	const target = FIRST + 2 ** 20;
	await sender.move(FIRST, target, 4 * count);
	expect(side.samples(target, count)).toEqual([...counting(count, 5)]);
	const read = new Uint8Array(4 * count);
	await sender.read(target, read);
	expect([...new Float32Array(read.buffer)]).toEqual([...counting(count, 5)]);
});

test("a cancelled load stops waiting, gives its credit back, and nothing of it arrives after it has settled", async () => {
	const side = audioSide();
	const first = join(side, 0);
	first.sender.claim(FIRST, 40 * CHUNK_SAMPLES).fill(7);
	const sending = first.sender.complete();
	first.cancellation.cancel();
	await expect(sending).rejects.toMatchObject({ code: "cancelled" });
	await first.sender.settle();
	const region = new Float32Array(side.memory.memory.buffer, FIRST, 40 * CHUNK_SAMPLES);
	const before = region.slice();
	region.fill(0);
	await turns(20);
	expect(region.every((sample) => sample === 0)).toBe(true);
	expect(before.some((sample) => sample === 0)).toBe(true);
	const second = join(side, 1);
	second.sender.claim(FIRST, 3 * CHUNK_SAMPLES).fill(9);
	await second.sender.complete();
	expect(side.samples(FIRST, 1)).toEqual([9]);
});

test("the credits of a thread that died are made anew, and what it still sends is not taken", async () => {
	const side = audioSide();
	const { port1, port2 } = openChannel();
	side.inlet.add(0, port2);
	const held: ArrayBuffer[] = [];
	port1.addEventListener("message", ({ data }) => {
		if (data.type === "credit") held.push(data.buffer);
	});
	port1.start();
	port1.postMessage({ type: "want", chunks: 100 }, [] as never[]);
	while (held.length < PCM_CREDITS) await setImmediate();
	const other = join(side, 1);
	other.sender.claim(FIRST, CHUNK_SAMPLES).fill(3);
	const completing = other.sender.complete();
	await turns(20);
	expect(side.samples(FIRST, 1)).toEqual([0]);
	side.inlet.drop(0);
	const [buffer] = held;
	port1.postMessage({ type: "chunk", address: FIRST, bytes: 4, buffer: buffer! }, [buffer] as unknown as never[]);
	await completing;
	await turns(20);
	expect(side.samples(FIRST, 1)).toEqual([3]);
});

test.each<[string, ToPcmReceiver]>([
	["without a credit", { type: "chunk", address: FIRST, bytes: 16, buffer: new ArrayBuffer(PCM_CHUNK_BYTES) }],
	["below the heap", { type: "chunk", address: PCM_HEAP - 4, bytes: 16, buffer: new ArrayBuffer(PCM_CHUNK_BYTES) }],
	["behind the memory", { type: "move", from: FIRST, to: 2 ** 32, bytes: 16 }],
])("a message %s changes nothing", async (_, message) => {
	const side = audioSide();
	const { port1, port2 } = openChannel();
	side.inlet.add(0, port2);
	if (message.type === "chunk") new Uint8Array(message.buffer).fill(1);
	port1.postMessage(message, [] as never[]);
	const { sender } = loader(port1);
	sender.claim(FIRST + 1024, 1).fill(1);
	await sender.complete();
	const bytes = new Uint8Array(side.memory.memory.buffer, 0, FIRST + 1024);
	expect(bytes.every((byte) => byte === 0)).toBe(true);
});

test("the control thread hears that the audio thread lets the loader wait, and when it no longer does", async () => {
	const side = audioSide();
	const { port1, port2 } = openChannel();
	const { sender, timers, waits } = loader(port1);
	sender.claim(FIRST, 10).fill(1);
	const completing = sender.complete();
	await turns(5);
	expect(waits).toEqual([]);
	for (const callback of timers) callback();
	expect(waits).toEqual([true]);
	side.inlet.add(0, port2);
	await completing;
	expect([waits, timers.size]).toEqual([[true, false], 0]);
});

test("claims of no samples use up no credit, wherever they come", async () => {
	const side = audioSide();
	const { sender } = join(side, 1);
	for (const round of [0, 1, 2]) {
		const [first, second] = [FIRST + round * 4096, FIRST + round * 4096 + 1024];
		sender.claim(first, 0);
		sender.claim(second, 4).set(counting(4, round));
		sender.claim(second + 16, 0);
		sender.claim(first, 2).set([7, 8]);
		await sender.complete();
		expect([side.samples(second, 4), side.samples(first, 2)]).toEqual([[...counting(4, round)], [7, 8]]);
	}
});
