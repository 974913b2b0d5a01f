import { Worker } from "node:worker_threads";

/** A thread of the test. */
export interface TestThread {
	readonly worker: Worker;
	/** The first message of the thread. */
	readonly answer: Promise<unknown>;
	readonly exit: Promise<unknown>;
}

/** Each step is exact in f32. */
const VELOCITY_STEPS = 2 ** 20;

/** Threads of a test: a failure in one fails the test, and none outlives it. */
export class TestThreads {
	readonly #threads: TestThread[] = [];
	#fail: (error: unknown) => void = () => {};

	/** Runs a test to its end or to the first failure of a thread, then terminates every thread. */
	async run(test: () => Promise<void>): Promise<void> {
		const failure = new Promise<never>((_, reject) => {
			this.#fail = reject;
		});
		try {
			await Promise.race([test(), failure]);
		} finally {
			await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
		}
	}

	/** Starts a thread of `test/threads`. */
	spawn(script: string, workerData: object, transferList: readonly unknown[] = []): TestThread {
		const worker = new Worker(new URL(`threads/${script}.mjs`, import.meta.url), {
			workerData: { velocitySteps: VELOCITY_STEPS, ...workerData },
			transferList: [...transferList] as ArrayBuffer[],
		});
		worker.once("error", (error) => this.#fail(error));
		const heard = (event: "message" | "exit"): Promise<unknown> =>
			new Promise((resolve) => worker.once(event, resolve));
		const thread = { worker, answer: heard("message"), exit: heard("exit") };
		this.#threads.push(thread);
		return thread;
	}

	/** Turns a failure of concurrent work into a failure of the test. */
	protected watch(work: Promise<void>): Promise<void> {
		work.catch((error: unknown) => this.#fail(error));
		return work;
	}
}

/** Settles when a word has changed from a known value and its writer has notified. */
export async function wordChange(words: Int32Array, word: number, seen: number): Promise<void> {
	const waiting = Atomics.waitAsync(words, word, seen);
	if (waiting.async) await waiting.value;
}
