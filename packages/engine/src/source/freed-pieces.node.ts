import { MessageChannel } from "node:worker_threads";
import type { ByteReader, ResponseLike } from "./source-platform.ts";

/**
 * A response whose pieces are freed as soon as the next one is requested. The garbage collector would keep tens of
 * mebibytes of them: it accounts for the small objects, hardly for the memory behind them.
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

/** A buffer transferred to a port without a listener is freed with the message. */
function openDrain(): (buffer: ArrayBufferLike) => void {
	const { port1, port2 } = new MessageChannel();
	port2.close();
	return (buffer) => {
		if (buffer instanceof ArrayBuffer) port1.postMessage(null, [buffer]);
	};
}
