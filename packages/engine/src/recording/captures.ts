import * as ring from "../protocol/capture-ring.ts";
import { listen, type PortLike, send } from "../protocol/message-port.ts";
import type { CaptureOrigin, CaptureState, FromCapture, ToCapture } from "../protocol/recording-messages.ts";

/** Takes the next frames of a capture, interleaved stereo that is not kept. */
type TakeFrames = (state: CaptureState, samples: Float32Array<ArrayBuffer>) => void;

/** What is captured, as the recording thread reads it. */
export interface Captures {
	/** Waits for the capture of a name; the ring's earlier one is read no further. */
	expect(number: number, name: number, ringAddress: number): void;
	/** Gives what there is. */
	drain(): void;
	/** Gives what there is and then the end of the capture, which nobody else ends. */
	finish(number: number, name: number): void;
}

/**
 * @param take - called with frames, with the news that frames were lost, and with the end
 * @param rendersElsewhere - whether another thread writes the rings
 */
export function openCaptures(origin: CaptureOrigin, take: TakeFrames, rendersElsewhere: boolean): Captures {
	if (!(origin instanceof WebAssembly.Memory)) return new PortCaptures(origin, take);
	return new SharedCaptures(origin, take, rendersElsewhere);
}

/** Frames taken at a time. */
const PIECE_FRAMES = 16_384;
const NO_SAMPLES = new Float32Array();

/** A ring of which a capture is expected. */
interface ExpectedRing {
	readonly name: number;
	/** The ring's header. */
	readonly words: Int32Array;
	readonly samples: Float32Array;
	lostFrames: number;
	/** Whether a frame has come. */
	hasBegun: boolean;
	/** Whether it was over before it had begun, when it was read last. */
	wasEnded: boolean;
}

/**
 * Reads the rings in the memory that all threads share.
 *
 * The audio thread stores the write position behind the frames, and the end and the losses behind the last position; here they are
 * loaded in the reverse order, so that the position seen is the last one when the end is seen. Only this thread stores the read position, and it
 * touches a ring only while its expected capture is there, so it never meets the start of the next. A capture that is started anew, because
 * it has to begin elsewhere, says for an instant that it has ended, before any frame: such an end counts when it is read twice.
 */
class SharedCaptures implements Captures {
	readonly #memory: WebAssembly.Memory;
	readonly #take: TakeFrames;
	readonly #rings: Map<number, ExpectedRing> = new Map();
	readonly #rendersElsewhere: boolean;
	readonly #piece = new Float32Array(2 * PIECE_FRAMES);

	constructor(memory: WebAssembly.Memory, take: TakeFrames, rendersElsewhere: boolean) {
		this.#memory = memory;
		this.#take = take;
		this.#rendersElsewhere = rendersElsewhere;
	}

	expect(number: number, name: number, ringAddress: number): void {
		const { buffer } = this.#memory;
		const words = new Int32Array(buffer, ringAddress, ring.CAPTURE_HEADER_BYTES / 4);
		const length = 2 * (words[ring.CAPTURE_CAPACITY / 4] ?? 0);
		const samples = new Float32Array(buffer, ringAddress + ring.CAPTURE_HEADER_BYTES, length);
		this.#rings.set(number, { name, words, samples, lostFrames: 0, hasBegun: false, wasEnded: false });
	}

	drain(): void {
		for (const [number, expected] of this.#rings) this.#drain(number, expected, false);
	}

	finish(number: number, name: number): void {
		const expected = this.#rings.get(number);
		if (expected?.name === name) this.#drain(number, expected, true);
	}

	#drain(number: number, expected: ExpectedRing, isLast: boolean): void {
		const { name, words, samples } = expected;
		const isThere = Atomics.load(words, ring.CAPTURE_CURRENT / 4) === name;
		const isEnded = isLast || (isThere && Atomics.load(words, ring.CAPTURE_ENDED / 4) === 1);
		const lostFrames = isThere ? Atomics.load(words, ring.CAPTURE_LOST / 4) : 0;
		const write = Atomics.load(words, ring.CAPTURE_WRITE / 4);
		const startFrame = isThere ? startOf(words) : 0;
		const state = { number, name, startFrame, lostFrames: 0, isEnded: false };
		let read = isThere ? Atomics.load(words, ring.CAPTURE_READ / 4) : write;
		expected.hasBegun ||= read !== write;
		const isDoubtful = isEnded && !isLast && !expected.hasBegun && this.#rendersElsewhere;
		if (isDoubtful && !expected.wasEnded) {
			expected.wasEnded = true;
			return;
		}
		expected.wasEnded = false;
		while (read !== write) {
			const place = read & (samples.length / 2 - 1);
			const frames = Math.min((write - read) | 0, PIECE_FRAMES, samples.length / 2 - place);
			// A copy: files take no shared bytes.
			const piece = this.#piece.subarray(0, 2 * frames);
			piece.set(samples.subarray(2 * place, 2 * (place + frames)));
			read = (read + frames) | 0;
			Atomics.store(words, ring.CAPTURE_READ / 4, read); // gives the places back
			this.#take(state, piece);
		}
		if (isEnded) this.#rings.delete(number);
		const isNews = isEnded || lostFrames !== expected.lostFrames;
		expected.lostFrames = lostFrames;
		if (isNews) this.#take({ ...state, lostFrames, isEnded }, NO_SAMPLES);
	}
}

function startOf(words: Int32Array): number {
	const low = words[ring.CAPTURE_START_LOW / 4] ?? 0;
	return (words[ring.CAPTURE_START_HIGH / 4] ?? 0) * 2 ** 32 + (low >>> 0);
}

/** Takes what the audio thread posts. */
class PortCaptures implements Captures {
	readonly #port: PortLike<FromCapture, ToCapture>;
	readonly #take: TakeFrames;
	readonly #names: Map<number, number> = new Map();

	constructor(port: PortLike<FromCapture, ToCapture>, take: TakeFrames) {
		this.#port = port;
		this.#take = take;
		listen(port, (message) => this.#onMessage(message));
	}

	expect(number: number, name: number): void {
		this.#names.set(number, name);
	}

	drain(): void {}

	finish(number: number, name: number): void {
		if (this.#names.get(number) === name) send(this.#port, { type: "finish", number, name });
	}

	#onMessage({ frames, buffer, ...state }: FromCapture): void {
		if (this.#names.get(state.number) === state.name) {
			if (state.isEnded) this.#names.delete(state.number);
			this.#take(state, buffer === null ? NO_SAMPLES : new Float32Array(buffer, 0, 2 * frames));
		}
		if (buffer !== null) send(this.#port, { type: "return", buffer }, [buffer]);
	}
}
