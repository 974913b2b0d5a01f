import { MessageChannel } from "node:worker_threads";
import type { ByteReader, ResponseLike } from "./source-platform.ts";

/**
 * A server's answer whose pieces are freed as soon as the next one is asked for. The garbage collector would let tens of
 * mebibytes of them lie: it sees the small objects, hardly the memory behind them.
 *
 * Thread: loader.
 */
export function withFreedPieces(answer: Response): ResponseLike {
	const { ok, status, statusText, headers, body } = answer;
	return { ok, status, statusText, headers, body: body && { getReader: () => freeing(body.getReader()) } };
}

function freeing(reader: ReadableStreamDefaultReader<Uint8Array>): ByteReader {
	const free = openDrain();
	let last: ArrayBufferLike | undefined;
	return {
		async read() {
			if (last !== undefined) free(last);
			const { done, value } = await reader.read();
			last = value?.buffer;
			return { done, value };
		},
		cancel: () => reader.cancel(),
	};
}

/** What is handed to a port that nobody hears goes with the message. */
function openDrain(): (buffer: ArrayBufferLike) => void {
	const { port1, port2 } = new MessageChannel();
	port2.close();
	return (buffer) => {
		if (buffer instanceof ArrayBuffer) port1.postMessage(null, [buffer]);
	};
}
