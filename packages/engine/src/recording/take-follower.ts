import type { FollowSpan, PlannedSpan } from "./take-timing.ts";

/** What has to be sent so that a take lies where it should. */
interface MovedSpan {
	readonly span: PlannedSpan;
	/** Whether it begins elsewhere, too. */
	readonly startsElsewhere: boolean;
}

/** Remembers where a take that ends by itself lies on the audio thread. Thread: control. */
export class TakeFollower {
	readonly #follow: FollowSpan;
	#sent: PlannedSpan;

	/** @param span - as it was sent first */
	constructor(span: PlannedSpan, follow: FollowSpan) {
		this.#sent = span;
		this.#follow = follow;
	}

	/**
	 * Where the take should lie now; null where that is where it lies.
	 *
	 * @param begunFrame - the frame that it has begun with; null where that is not known
	 */
	moved(begunFrame: number | null): MovedSpan | null {
		const span = this.#follow(this.#sent, begunFrame);
		const startsElsewhere = begunFrame === null && span.atFrame !== this.#sent.atFrame;
		return startsElsewhere || span.endFrame !== this.#sent.endFrame ? { span, startsElsewhere } : null;
	}

	/** Notes what has been sent. */
	sent({ span }: MovedSpan): void {
		this.#sent = span;
	}
}
