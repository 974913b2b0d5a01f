import { expect, test } from "vitest";
import { hostMessageKernel } from "../audio-thread/message-kernel.ts";
import { INITIAL_PAGES } from "../memory/reserve-memory.ts";
import type { PortLike } from "../protocol/message-port.ts";
import * as layout from "../protocol/shared-memory.ts";
import type { FromMessageKernel, ToMessageKernel } from "../protocol/threading-messages.ts";
import { KernelConnection } from "./kernel-connection.ts";
import { MirroredBacking } from "./mirrored-backing.ts";

const PAGE = layout.WASM_PAGE_BYTES;

/** A connection whose audio thread is played by the test. */
function create(maximumPages = 1000) {
	const mirror = new Int32Array(layout.SHARED_END / 4);
	const connection = new KernelConnection(mirror);
	const backing = new MirroredBacking(maximumPages, mirror.buffer, connection);
	const posted: ToMessageKernel[] = [];
	const port = { post: (message: ToMessageKernel) => posted.push(message), close: () => {} };
	return { connection, backing, posted, port };
}

test("what is posted before the audio thread is there waits for it, in order", () => {
	const { connection, posted, port } = create();
	connection.post({ type: "commands", words: new Int32Array(8) });
	connection.post({ type: "flush" });
	connection.connect(port);
	expect(posted.map(({ type }) => type)).toEqual(["commands", "flush", "snapshot"]);
});

test("a growth counts when the audio thread has granted it, and those under way are added up", async () => {
	const { connection, backing, posted, port } = create();
	connection.connect(port);
	expect(backing.grow(10, 5)).toBe(true);
	expect(backing.grow(10, 5)).toBe(true);
	expect(posted.slice(1)).toEqual([
		{ type: "grow", pages: INITIAL_PAGES + 10, neededPages: INITIAL_PAGES + 5 },
		{ type: "grow", pages: INITIAL_PAGES + 20, neededPages: INITIAL_PAGES + 15 },
	]);
	expect([backing.byteLength, backing.askedByteLength]).toEqual([INITIAL_PAGES * PAGE, (INITIAL_PAGES + 20) * PAGE]);
	const { settled } = backing;
	connection.onMessage({ type: "grown", pages: INITIAL_PAGES + 10 });
	connection.onMessage({ type: "grown", pages: INITIAL_PAGES + 20 });
	await settled;
	expect([backing.byteLength, backing.settled]).toEqual([(INITIAL_PAGES + 20) * PAGE, null]);
});

test("a growth that is refused may be asked for again", async () => {
	const { connection, backing, posted, port } = create();
	connection.connect(port);
	backing.grow(10, 10);
	const { settled } = backing;
	connection.onMessage({ type: "grown", pages: INITIAL_PAGES });
	await settled;
	expect([backing.byteLength, backing.askedByteLength]).toEqual([INITIAL_PAGES * PAGE, INITIAL_PAGES * PAGE]);
	backing.grow(10, 10);
	expect(posted.at(-1)).toMatchObject({ type: "grow", pages: INITIAL_PAGES + 10 });
});

test("the kernel's start is told, and its refusal is out of memory", async () => {
	const started = create();
	started.connection.onMessage({ type: "started" });
	await expect(started.connection.started).resolves.toBeUndefined();
	const refused = create();
	refused.connection.onMessage({ type: "refused", reason: "RangeError: no" });
	await expect(refused.connection.started).rejects.toMatchObject({ code: "out-of-memory" });
});

test("a platform that grants the audio thread no memory is told, and silence is rendered", () => {
	const posted: FromMessageKernel[] = [];
	const port: PortLike<ToMessageKernel, FromMessageKernel> = {
		postMessage: (message) => void posted.push(message),
		addEventListener: () => {},
		start: () => {},
		close: () => {},
	};
	const header = new Int32Array(layout.HEADER_BYTES / 4);
	const module = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
	const kernel = hostMessageKernel({ module, maximumPages: INITIAL_PAGES - 1, header }, port);
	expect(posted).toEqual([{ type: "refused", reason: expect.stringContaining("grants no memory") }]);
	const left = Float32Array.of(0, 0);
	expect(kernel.render([left])).toBe(false);
	expect([...left]).toEqual([0, 0]);
});

test("a flush settles with its answer, and those that wait when the connection is closed settle then", async () => {
	const { connection, port } = create();
	connection.connect(port);
	const first = connection.flush();
	connection.onMessage({ type: "flushed" });
	await expect(first).resolves.toBeUndefined();
	const second = connection.flush();
	connection.close();
	await expect(second).resolves.toBeUndefined();
	await expect(connection.flush()).resolves.toBeUndefined();
});
