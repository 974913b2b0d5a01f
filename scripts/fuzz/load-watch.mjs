/** @typedef {import("flitzis-looper").LoaderEvent} LoaderEvent */

const STAGE = /^[A-Z][a-z]+(?: \([a-z]+\))?$/;
/** Outcomes that are faults of the engine, not of the file. */
const FAULTS = new Set(["worker-crashed", "timed-out", "ring-full", "read-failed", "file-not-found", "cancelled"]);

/** Follows the events of one load and records every fault. */
export class LoadWatch {
	/** @type {string[]} */
	faults = [];
	/** The outcome: "success", an error code, or null while loading. @type {string | null} */
	outcome = null;
	/** @type {LoaderEvent | null} */
	#last = null;

	/** @param {LoaderEvent} event */
	follow(event) {
		const last = this.#last;
		this.#last = event;
		if (this.outcome !== null) this.faults.push(`${event.type} after the end`);
		switch (event.type) {
			case "started":
				if (last !== null) this.faults.push("started is not first");
				break;
			case "progress": {
				const reached = last?.type === "progress" ? last.percent : 0;
				if (last === null) this.faults.push("progress before started");
				if (!(event.percent >= reached && event.percent <= 1)) {
					this.faults.push(`progress ${event.percent} after ${reached}`);
				}
				if (!STAGE.test(event.stage)) this.faults.push(`stage "${event.stage}"`);
				break;
			}
			case "analysis":
			case "analysis-error":
				this.faults.push(`${event.type}, which was not asked for`);
				break;
			case "success":
				this.outcome = "success";
				if (!(last?.type === "progress" && last.percent === 1)) this.faults.push("success before progress 1");
				break;
			case "error":
				this.outcome = event.code;
				if (FAULTS.has(event.code)) this.faults.push(`${event.code}: ${event.msg}`);
				break;
			default:
				this.faults.push("an event of an unknown type");
		}
	}
}
