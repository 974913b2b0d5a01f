/** Checks the events of every load: a request ends exactly once, and has no events afterwards. */
export class RequestBook {
	#live = new Map();
	#endedCount = 0;
	#surplusEvents = 0;
	#fallingPercents = 0;
	#failures = {};
	/** The first message of each code. */
	#messages = {};

	get liveCount() {
		return this.#live.size;
	}

	get report() {
		return {
			requests: this.#endedCount + this.#live.size,
			withoutEnd: this.#live.size,
			surplusEvents: this.#surplusEvents,
			fallingPercents: this.#fallingPercents,
			failures: this.#failures,
			messages: this.#messages,
		};
	}

	enter(requestId) {
		this.#live.set(requestId, { percent: 0 });
	}

	/** @returns {boolean} whether the event ends its request. */
	take(event) {
		const request = this.#live.get(event.requestId);
		if (request === undefined) {
			this.#surplusEvents++;
			return false;
		}
		if (event.type === "progress") {
			if (event.percent < request.percent) this.#fallingPercents++;
			request.percent = event.percent;
		}
		if (event.type === "error") {
			this.#failures[event.code] = (this.#failures[event.code] ?? 0) + 1;
			this.#messages[event.code] ??= `${event.source}: ${event.msg}`;
		}
		const isEnd = event.type === "error" || event.type === "success";
		if (isEnd) {
			this.#live.delete(event.requestId);
			this.#endedCount++;
		}
		return isEnd;
	}
}
