import { expect, test } from "vitest";
import { LoaderHarness } from "../../test/loader-harness.ts";
import type { FromSupply } from "../protocol/load-source.ts";
import { directChannel } from "../protocol/message-port.ts";

test("a source that cannot be read again ends its load when that of the same content has ended without a sample", () => {
	const harness = new LoaderHarness(3);
	const { port2: port } = directChannel<never, FromSupply>();
	const released: number[] = [];
	harness.start(0);
	for (const slot of [1, 2]) {
		harness.start(slot, { source: { kind: "stream", port }, release: () => void released.push(slot) });
	}
	const [first, second, third] = [harness.host.thread(0), harness.host.thread(1), harness.host.thread(2)];
	for (const thread of [first, second, third]) thread.identify("tune");
	for (const thread of [second, third]) thread.skip();
	harness.take();
	first.fail("out-of-memory", "no room");
	const message =
		"The source cannot be read a second time, which the end of another load of its content calls for. Pass a new one.";
	expect(harness.take()).toEqual([
		"1 out-of-memory: no room",
		`2 read-failed: ${message}`,
		`3 read-failed: ${message}`,
	]);
	expect(released).toEqual([1, 2]);
});
