import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type ByteStream, fullPieces, openStretches } from "./full-pieces.ts";

const SEED = 0xf011_0001;

/** A stream of the given pieces, with or without support for BYOB readers. */
function streamOf(pieces: readonly Uint8Array[], type: "bytes" | undefined): ByteStream {
	const left = pieces.filter(({ length }) => length > 0).map((piece) => piece.slice());
	const pull = (controller: { close(): void; enqueue(piece: Uint8Array<ArrayBuffer>): void }): void => {
		const piece = left.shift();
		if (piece !== undefined) controller.enqueue(piece);
		else controller.close();
	};
	if (type === undefined) return new ReadableStream<Uint8Array>({ pull });
	const answerRest = (controller: ReadableByteStreamController): void => {
		pull(controller);
		if (left.length === 0) controller.byobRequest?.respond(0);
	};
	return new ReadableStream({
		type,
		pull: (controller) => (left.length > 0 ? pull(controller) : answerRest(controller)),
	});
}

const arriving = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 });

test.each([["bytes" as const], [undefined]])(
	"all pieces but the last are full, with the stream's bytes in order (type %s)",
	async (type) => {
		const run = async (pieces: readonly Uint8Array[], pieceBytes: number): Promise<void> => {
			const reader = fullPieces(streamOf(pieces, type), pieceBytes);
			const taken: Uint8Array[] = [];
			for (let { value } = await reader.read(); value !== undefined; { value } = await reader.read()) {
				taken.push(value.slice());
			}
			expect(Buffer.concat(taken)).toEqual(Buffer.concat(pieces));
			for (const piece of taken.slice(0, -1)) expect(piece.length).toBe(pieceBytes);
			expect(await reader.read()).toMatchObject({ done: true });
		};
		await fc.assert(fc.asyncProperty(arriving, fc.integer({ min: 1, max: 400 }), run), { seed: SEED, numRuns: 150 });
	},
);

test.each([["bytes" as const], [undefined]])("memory is filled after its existing bytes (type %s)", async (type) => {
	const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index);
	const reader = openStretches(streamOf([bytes.subarray(0, 333), bytes.subarray(333)], type));
	const memory = new Uint8Array(600).fill(255);
	const first = await reader.fill(memory, 200);
	expect(first.end).toBe(600);
	expect(first.memory.subarray(0, 200).every((byte) => byte === 255)).toBe(true);
	expect(Buffer.compare(first.memory.subarray(200), bytes.subarray(0, 400))).toBe(0);
	const second = await reader.fill(first.memory, 0);
	expect(second.end).toBe(600);
	expect(Buffer.compare(second.memory, bytes.subarray(400))).toBe(0);
	expect((await reader.fill(second.memory, 10)).end).toBe(10);
});

test("a failing stream fails its reader", async () => {
	const broken = new ReadableStream({ type: "bytes", pull: () => Promise.reject(new Error("gone")) });
	await expect(fullPieces(broken, 10).read()).rejects.toThrow("gone");
});
