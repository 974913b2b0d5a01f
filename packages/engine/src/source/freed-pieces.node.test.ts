import { expect, test } from "vitest";
import { withFreedPieces } from "./freed-pieces.node.ts";

test("a piece keeps its bytes until the next one is requested, then its memory is freed", async () => {
	const sent = [0, 1, 2].map((seed) => Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7 + seed) & 0xff));
	const pieces = sent.map((piece) => piece.slice());
	const stream = new ReadableStream<Uint8Array>({
		pull(controller) {
			const piece = pieces.shift();
			if (piece === undefined) controller.close();
			else controller.enqueue(piece);
		},
	});
	const reader = withFreedPieces(new Response(stream)).body!.getReader();
	const taken: Uint8Array[] = [];
	for (const expected of sent) {
		const { value } = await reader.read();
		expect(Buffer.compare(value!, expected)).toBe(0);
		taken.push(value!);
	}
	expect(await reader.read()).toEqual({ done: true, value: undefined });
	expect(taken.map(({ buffer }) => buffer.byteLength)).toEqual([0, 0, 0]);
});

test("a response without a body keeps its status", () => {
	const { ok, status, statusText, body } = withFreedPieces(new Response(null, { status: 204, statusText: "nothing" }));
	expect({ ok, status, statusText, body }).toEqual({ ok: true, status: 204, statusText: "nothing", body: null });
});
