import type { FromSupply, SourcePiece, SupplyPort, ToSupply } from "../protocol/load-source.ts";
import { listen, type PortLike, send, type Transferred } from "../protocol/message-port.ts";
import type { StreamSource } from "../protocol/sample-source.ts";
import type { CaptureTerms } from "./capture.ts";

/** Longest piece of bytes: the copy takes some 50 µs of the control thread. */
export const SUPPLIED_BYTES: number = 2 ** 18;

/** A source read on the control thread, a short piece per pull. */
export interface Supply {
	/**
	 * @returns the next piece, whose memory is given away; null at the end.
	 * @throws Error that says what is wrong with the source and what to do.
	 */
	next(): Promise<SourcePiece | null>;
	/** The rest is not wanted. */
	cancel(): Promise<void>;
}

/** A port for a loader thread, and how its other end is closed. */
export interface SupplyLine {
	readonly port: SupplyPort;
	readonly release: () => void;
}

/** Answers the pulls of a loader thread, one at a time and in order. Thread: control. */
export function supplyPieces(host: CaptureTerms["host"], supply: Supply): SupplyLine {
	const { port1, port2 } = host.createChannel<ToSupply, FromSupply>();
	let answered = Promise.resolve();
	let isOver = false;
	const end = (message: FromSupply): void => {
		isOver = true;
		send(port1, message);
	};
	const answer = async (): Promise<void> => {
		if (isOver) return;
		try {
			const piece = await supply.next();
			if (isOver) return;
			if (piece === null) end({ type: "end" });
			else send(port1, { type: "piece", piece }, buffersOf(piece));
		} catch (error) {
			if (!isOver) end({ type: "failed", message: error instanceof Error ? error.message : String(error) });
		}
	};
	const cancel = (): void => {
		if (isOver) return;
		isOver = true;
		// Nobody is left to tell of a failure.
		supply.cancel().catch(() => {});
	};
	const release = (): void => {
		cancel();
		port1.close();
	};
	listen(port1, ({ type }) => {
		if (type === "cancel") release();
		else answered = answered.then(answer);
	});
	return { port: port2, release };
}

/**
 * Hands a stream over to the loader thread, which then reads it without the control thread. The stream is locked at once.
 *
 * @returns null where the platform cannot; nothing has changed then.
 */
export function transferStream(host: CaptureTerms["host"], stream: StreamSource): SupplyLine | null {
	const { port1, port2 } = host.createChannel<ToSupply, FromSupply>();
	try {
		// A port is what all platforms transfer.
		send(port1, { type: "stream", stream }, [stream as unknown as Transferred]);
	} catch {
		port1.close();
		return null;
	}
	return { port: port2, release: () => dropUnread(port1, port2) };
}

/** Cancels a stream that no loader thread has received: its message is still in the port. One that was sent on receives nothing. */
function dropUnread(sender: PortLike<ToSupply, FromSupply>, receiver: SupplyPort): void {
	listen(receiver, (message) => {
		if (message.type === "stream")
			message.stream
				.getReader()
				.cancel()
				.catch(() => {});
		sender.close();
	});
}

function buffersOf(piece: SourcePiece): readonly ArrayBuffer[] {
	if (piece instanceof Uint8Array) return [piece.buffer];
	return isChannels(piece) ? piece.map(({ buffer }) => buffer) : [];
}

export function isChannels(piece: SourcePiece): piece is readonly Float32Array<ArrayBuffer>[] {
	return Array.isArray(piece);
}
