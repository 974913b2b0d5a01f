import { MessageChannel } from "node:worker_threads";
import { expect, onTestFinished, test } from "vitest";
import type { FromSupply, SupplyPort } from "../protocol/load-source.ts";
import type { ChannelLike } from "../protocol/message-port.ts";
import { capturePcm } from "./pcm-source.ts";
import { captureStream } from "./stream-source.ts";

const absent = (): never => {
	throw new Error("capturing has no use for this");
};
const host = {
	createChannel: <One, Other>() => new MessageChannel() as unknown as ChannelLike<One, Other>,
	detach: absent,
	isBlob: (value: unknown): value is Blob => value instanceof Blob,
	resolveSource: absent,
};

/** The loader thread's end of a supply, driven by hand. */
class Puller {
	readonly messages: FromSupply[] = [];
	readonly #port: SupplyPort;
	#arrive: () => void = () => {};

	constructor(port: SupplyPort | null) {
		if (port === null) throw new Error("There is no port.");
		this.#port = port;
		port.addEventListener("message", ({ data }) => {
			this.messages.push(data);
			this.#arrive();
		});
		port.start();
		onTestFinished(() => port.close());
	}

	pull(): void {
		this.#port.postMessage({ type: "pull" }, []);
	}

	async answers(count: number): Promise<FromSupply[]> {
		while (this.messages.length < count) {
			await new Promise<void>((resolve) => {
				this.#arrive = resolve;
			});
		}
		return this.messages.splice(0, count);
	}
}

function pullerOf(value: unknown): Puller {
	const named = captureStream(value, { transfer: false, host }) ?? capturePcm(value, { transfer: false, host });
	if (named === null || !("port" in named.source)) throw new Error("The source has no port.");
	return new Puller(named.source.port);
}

test("PCM comes in pieces of at most 256 KiB, one per pull, in order, and then ends", async () => {
	const frames = 100_001;
	const channels = [1, -1].map((sign) => Float32Array.from({ length: frames }, (_, frame) => sign * frame));
	const puller = pullerOf({ channels, sampleRate: 48_000 });
	for (let pull = 0; pull < 5; pull++) puller.pull();
	const answers = await puller.answers(5);
	expect(answers.map(({ type }) => type)).toEqual(["piece", "piece", "piece", "piece", "end"]);
	const pieces = answers.flatMap((answer) => (answer.type === "piece" ? [answer.piece as Float32Array[]] : []));
	for (const [left, right] of pieces) expect(left!.byteLength + right!.byteLength).toBeLessThanOrEqual(2 ** 18);
	for (const [channel, samples] of channels.entries())
		expect(Float32Array.from(pieces.flatMap((piece) => [...piece[channel]!]))).toEqual(samples);
});

test("a chunk of any length comes in pieces of at most 256 KiB, and its buffer stays the stream's", async () => {
	const bytes = Uint8Array.from({ length: 600_000 }, (_, index) => index % 251);
	const puller = pullerOf(new ReadableStream({ start: (controller) => controller.enqueue(bytes) }));
	for (let pull = 0; pull < 3; pull++) puller.pull();
	const lengths = (await puller.answers(3)).map((answer) =>
		answer.type === "piece" && answer.piece instanceof Uint8Array ? answer.piece.length : answer.type,
	);
	expect(lengths).toEqual([2 ** 18, 2 ** 18, 600_000 - 2 ** 19]);
	expect(bytes.length).toBe(600_000);
});

test("nothing is read that is not pulled", async () => {
	let pulls = 0;
	const stream = new ReadableStream<Uint8Array>(
		{
			pull(controller) {
				pulls += 1;
				controller.enqueue(Uint8Array.of(pulls));
			},
		},
		{ highWaterMark: 0 },
	);
	const puller = pullerOf(stream);
	for (let pull = 0; pull < 2; pull++) puller.pull();
	await puller.answers(2);
	expect(pulls).toBe(2);
});
