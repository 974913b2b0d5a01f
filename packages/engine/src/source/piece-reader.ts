import { LooperError } from "../errors.ts";
import type { FromSupply, LoadSource, SourcePiece, SupplyPort } from "../protocol/load-source.ts";
import { listen, send } from "../protocol/message-port.ts";
import type { StreamSource } from "../protocol/sample-source.ts";
import { bytesOf } from "./stream-chunk.ts";

/** Pulls in flight: one piece travels while the one before is read. */
const PULLS = 2;

const readers: WeakMap<SupplyPort, PieceReader> = new WeakMap();

/** The pieces of a port, the same reader every time. Thread: loader. */
export function piecesOf(port: SupplyPort): PieceReader {
	const reader = readers.get(port) ?? new PieceReader(port);
	readers.set(port, reader);
	return reader;
}

/** Cancels what is left of a source that nothing more is read of, unopened or not. Thread: loader. */
export function discardSource(source: LoadSource): void {
	// Nobody is left to tell of a failure.
	if ("port" in source && source.port !== null)
		piecesOf(source.port)
			.cancel()
			.catch(() => {});
}

/** Pieces, pulled as they are read. */
export class PieceReader {
	readonly #port: SupplyPort;
	readonly #arrived: FromSupply[] = [];
	#onArrival: () => void = () => {};
	#reader: ReturnType<StreamSource["getReader"]> | null = null;
	#isOver = false;

	constructor(port: SupplyPort) {
		this.#port = port;
		listen(port, (message) => {
			if (this.#isOver) this.#drop(message);
			else this.#arrived.push(message);
			this.#onArrival();
		});
		for (let pull = 0; pull < PULLS; pull++) send(port, { type: "pull" });
	}

	/** @returns the next piece, null at the end and after `cancel`. @throws LooperError `read-failed`. */
	async next(): Promise<SourcePiece | null> {
		for (;;) {
			if (this.#isOver) return null;
			if (this.#reader !== null) return await this.#readStream(this.#reader);
			const message = this.#arrived.shift();
			if (message === undefined) {
				await new Promise<void>((resolve) => {
					this.#onArrival = resolve;
				});
			} else if (message.type === "piece") {
				send(this.#port, { type: "pull" });
				return message.piece;
			} else if (message.type === "stream") {
				this.#reader = message.stream.getReader();
			} else {
				this.#end();
				if (message.type === "failed") throw new LooperError("read-failed", message.message);
			}
		}
	}

	/** The rest is not wanted; a waiting `next` returns null. */
	async cancel(): Promise<void> {
		if (this.#isOver) return;
		this.#isOver = true;
		this.#onArrival();
		send(this.#port, { type: "cancel" });
		for (const message of this.#arrived) this.#drop(message);
		if (this.#reader !== null) await this.#reader.cancel().finally(() => this.#port.close());
	}

	/** Cancels a stream that has come too late to be read; the other end of the port closes it in every other case. */
	#drop(message: FromSupply): void {
		if (message.type !== "stream") return;
		message.stream
			.getReader()
			.cancel()
			.catch(() => {});
		this.#port.close();
	}

	async #readStream(reader: ReturnType<StreamSource["getReader"]>): Promise<SourcePiece | null> {
		const { done, value } = await reader.read();
		if (!done) return bytesOf(value);
		this.#end();
		return null;
	}

	#end(): void {
		this.#isOver = true;
		this.#port.close();
	}
}
