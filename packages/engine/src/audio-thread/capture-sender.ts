import * as ring from "../protocol/capture-ring.ts";
import { listen, type PortLike, send } from "../protocol/message-port.ts";
import {
	CAPTURE_BLOCK_FRAMES,
	CAPTURE_BUFFERS,
	type FromCapture,
	type ToCapture,
} from "../protocol/recording-messages.ts";
import { HEADER, HEADER_CAPTURE_RINGS } from "../protocol/shared-memory.ts";
import type { KernelMemory } from "./kernel-memory.ts";

const BUFFER_BYTES = CAPTURE_BLOCK_FRAMES * ring.CAPTURE_FRAME_BYTES;

/** How much of a ring's capture has been posted. */
interface Posted {
	readonly number: number;
	/** The capture's name. */
	name: number;
	lostFrames: number;
	/** Whether the recording thread waits for an end that no command brings. */
	isFinishing: boolean;
	isEnded: boolean;
}

/**
 * Posts what the kernel captures to the recording thread, in buffers that come back: there are CAPTURE_BUFFERS of them, so no more is in
 * flight. What finds no buffer waits in its ring.
 *
 * Thread: audio, between two blocks. Allocates only when it posts.
 */
export class CaptureSender {
	readonly #memory: KernelMemory;
	readonly #buffers: ArrayBuffer[] = [];
	readonly #posted: readonly Posted[] = [posted(ring.CAPTURE_TAKE), posted(ring.CAPTURE_SKIP_BACK)];
	#port: PortLike<ToCapture, FromCapture> | null = null;

	constructor(memory: KernelMemory) {
		this.#memory = memory;
	}

	connect(port: PortLike<ToCapture, FromCapture>): void {
		this.close();
		this.#port = port;
		this.#buffers.length = 0;
		for (let count = 0; count < CAPTURE_BUFFERS; count++) this.#buffers.push(new ArrayBuffer(BUFFER_BYTES));
		listen(port, (message) => this.#onMessage(message));
	}

	/** Posts whole buffers, and what is left of captures that end. */
	pump(): void {
		if (this.#port === null) return;
		for (let index = 0; index < ring.CAPTURES; index++) {
			const capture = this.#posted[index];
			if (capture !== undefined) this.#pumpCapture(capture, this.#port);
		}
	}

	close(): void {
		this.#port?.close();
		this.#port = null;
	}

	#onMessage(message: ToCapture): void {
		switch (message.type) {
			case "return":
				if (message.buffer.byteLength === BUFFER_BYTES) this.#buffers.push(message.buffer);
				break;
			case "finish":
				this.#finish(message.number, message.name);
				break;
			default:
				message satisfies never;
		}
		this.pump();
	}

	#finish(number: number, name: number): void {
		const capture = this.#posted[number];
		if (capture === undefined) return;
		// One that never began has nothing to post but its end.
		if (capture.name !== name) this.#begin(capture, name);
		capture.isFinishing = true;
	}

	#begin(capture: Posted, name: number): void {
		capture.name = name;
		capture.lostFrames = 0;
		capture.isFinishing = false;
		capture.isEnded = false;
	}

	#pumpCapture(capture: Posted, port: PortLike<ToCapture, FromCapture>): void {
		const { heap, words } = this.#memory;
		const address = words[(HEADER + HEADER_CAPTURE_RINGS) / 4 + capture.number] ?? 0;
		if (address === 0) return;
		const at = (address >>> 0) / 4;
		const name = heap[at + ring.CAPTURE_CURRENT / 4] ?? 0;
		if (name !== capture.name && !capture.isFinishing) this.#begin(capture, name);
		if (capture.isEnded || (name === 0 && !capture.isFinishing)) return;
		const lostFrames = heap[at + ring.CAPTURE_LOST / 4] ?? 0;
		const isLast = capture.isFinishing || heap[at + ring.CAPTURE_ENDED / 4] === 1;
		const isUrgent = isLast || lostFrames !== capture.lostFrames;
		for (;;) {
			const ready = ((heap[at + ring.CAPTURE_WRITE / 4] ?? 0) - (heap[at + ring.CAPTURE_READ / 4] ?? 0)) | 0;
			if (ready === 0 || (ready < CAPTURE_BLOCK_FRAMES && !isUrgent)) break;
			const buffer = this.#buffers.pop();
			// The rest follows when one comes back.
			if (buffer === undefined) return;
			const frames = this.#copy(address >>> 0, ready, buffer);
			this.#post(port, capture, at, { frames, buffer, lostFrames: capture.lostFrames, isEnded: false });
		}
		if (!isUrgent) return;
		capture.lostFrames = lostFrames;
		capture.isEnded = isLast;
		capture.isFinishing = false;
		this.#post(port, capture, at, { frames: 0, buffer: null, lostFrames, isEnded: isLast });
	}

	/** @returns how many frames the buffer has now. */
	#copy(address: number, ready: number, buffer: ArrayBuffer): number {
		const { heap } = this.#memory;
		const at = address / 4;
		const capacity = heap[at + ring.CAPTURE_CAPACITY / 4] ?? 1;
		const read = heap[at + ring.CAPTURE_READ / 4] ?? 0;
		const place = read & (capacity - 1);
		const frames = Math.min(ready, CAPTURE_BLOCK_FRAMES, capacity - place);
		const from = at + ring.CAPTURE_HEADER_BYTES / 4 + 2 * place;
		new Int32Array(buffer).set(heap.subarray(from, from + 2 * frames));
		heap[at + ring.CAPTURE_READ / 4] = (read + frames) | 0;
		return frames;
	}

	#post(
		port: PortLike<ToCapture, FromCapture>,
		{ number, name }: Posted,
		at: number,
		sent: Pick<FromCapture, "frames" | "buffer" | "lostFrames" | "isEnded">,
	): void {
		const { heap } = this.#memory;
		const low = heap[at + ring.CAPTURE_START_LOW / 4] ?? 0;
		const startFrame = (heap[at + ring.CAPTURE_START_HIGH / 4] ?? 0) * 2 ** 32 + (low >>> 0);
		send(port, { number, name, startFrame, ...sent }, sent.buffer === null ? [] : [sent.buffer]);
	}
}

function posted(number: number): Posted {
	return { number, name: 0, lostFrames: 0, isFinishing: false, isEnded: false };
}
