import { expect, test } from "vitest";
import { type FakeHost, fakePool } from "../../test/fake-loader-threads.ts";
import type { SampleMemory } from "../memory/sample-memory.ts";
import type { PortLike } from "../protocol/message-port.ts";
import type { FromPcmReceiver, ToPcmReceiver } from "../protocol/threading-messages.ts";
import type { LoadRequest } from "./load-request.ts";
import type { LoaderPool } from "./loader-pool.ts";

const port: PortLike<FromPcmReceiver, ToPcmReceiver> = {
	postMessage: () => {},
	addEventListener: () => {},
	start: () => {},
	close: () => {},
};

/** One thread whose connection to the audio thread ends when the test says so. */
class ConnectionHarness {
	readonly host: FakeHost;
	readonly pool: LoaderPool;
	readonly memory: SampleMemory;
	readonly failures: string[] = [];
	isDropping = false;
	endDrop: () => void = () => {};

	constructor() {
		const drop = (): Promise<void> => {
			this.isDropping = true;
			return new Promise((resolve) => {
				this.endDrop = resolve;
			});
		};
		({
			host: this.host,
			pool: this.pool,
			memory: this.memory,
		} = fakePool(1, () => ({ pcm: port, transfer: [port], drop })));
		const request: LoadRequest = {
			slot: 0,
			requestId: 1,
			sourceName: "file",
			source: { kind: "path", path: "/file" },
			isUrgent: false,
			strict: false,
			trimEncoderDelay: true,
			observer: { started: () => {}, progress: () => {}, succeeded: () => {}, failed: () => {} },
		};
		this.pool.enqueue(request, {
			started: () => {},
			progress: () => {},
			recognized: () => true,
			identified: () => true,
			succeeded: () => {},
			skipped: () => {},
			failed: ({ code }) => void this.failures.push(code),
		});
		this.host.thread(0).start();
		this.host.thread(0).progress(0.5, "Loading (decoding)");
	}

	say(isWaiting: boolean): void {
		this.host.thread(0).say({ type: "waiting", requestId: 1, isWaiting });
	}
}

test("a thread that waits for the audio thread is not stuck, however long; one that no longer waits may be", () => {
	const harness = new ConnectionHarness();
	harness.say(true);
	harness.host.advance(600_000);
	expect(harness.failures).toEqual([]);
	harness.say(false);
	harness.host.advance(4_000);
	expect(harness.failures).toEqual([]);
	harness.host.advance(2_000);
	expect(harness.failures).toEqual(["timed-out"]);
});

test("a thread is given the port, and no memory", () => {
	const harness = new ConnectionHarness();
	expect(harness.host.thread(0).heard[0]).toMatchObject({ type: "initialize", pcm: port });
});

test("a dead thread's regions come back when the audio thread takes nothing of it any more", async () => {
	const harness = new ConnectionHarness();
	const thread = harness.host.thread(0);
	thread.say({ type: "reserve", requestId: 1, bytes: 1000 });
	const { usedBytes } = harness.memory;
	expect(usedBytes).toBeGreaterThan(0);
	thread.crash("it fell over");
	expect(harness.failures).toEqual(["worker-crashed"]);
	expect(harness.isDropping).toBe(false);
	thread.die();
	while (!harness.isDropping) await Promise.resolve();
	expect(harness.memory.usedBytes).toBe(usedBytes);
	harness.endDrop();
	await harness.pool.shutDown();
	expect(harness.memory.usedBytes).toBe(0);
});
