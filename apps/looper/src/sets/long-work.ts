import type { LastingNotice, Notices } from "../instrument/notices.ts";
import { wholePercent } from "../pad/pad-text.ts";

/** Work that takes longer is told of while it goes on. */
const unnoticedMilliseconds = 400;

/** What long work needs of the page. */
export interface LongWorkTools {
	readonly notices: Notices;
	after(milliseconds: number, action: () => void): void;
}

/** Work that may take its time: the performer is told of it, and of how much is done, once it has taken a while. */
export class LongWork {
	readonly #wholeBytes: number;
	#doneBytes = 0;
	#shownPercent = 0;
	#isOver = false;
	#notice: LastingNotice | null = null;

	/** @param text - what is being done; @param wholeBytes - how many bytes there are to do */
	constructor(tools: LongWorkTools, text: string, wholeBytes: number) {
		this.#wholeBytes = wholeBytes;
		tools.after(unnoticedMilliseconds, () => {
			if (this.#isOver) return;
			this.#notice = tools.notices.tellWhile(text);
			this.#notice.advance(this.#share);
		});
	}

	/** So many more bytes are done. */
	advance(bytes: number): void {
		this.#doneBytes += bytes;
		const percent = wholePercent(this.#share);
		// Long files advance thousands of times.
		if (percent === this.#shownPercent) return;
		this.#shownPercent = percent;
		this.#notice?.advance(this.#share);
	}

	end(): void {
		this.#isOver = true;
		this.#notice?.withdraw();
	}

	get #share(): number {
		return this.#wholeBytes > 0 ? Math.min(1, this.#doneBytes / this.#wholeBytes) : 0;
	}
}
