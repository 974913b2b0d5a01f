import { writeOutcome } from "./outcome.mjs";

/** @param {import("@playwright/test/reporter").TestError} error */
function reason({ message, stack, value, snippet }) {
	return [stack ?? message ?? value, snippet].filter((part) => part !== undefined).join("\n");
}

/** @typedef {import("@playwright/test/reporter").Reporter} Reporter */

/** @implements {Reporter} */
export default class OutcomeReporter {
	/** @type {import("@playwright/test/reporter").Suite | undefined} */
	#root;
	/** @type {import("@playwright/test/reporter").TestError[]} */
	#errors = [];

	/** @param {import("@playwright/test/reporter").FullConfig} _config @param {import("@playwright/test/reporter").Suite} root */
	onBegin(_config, root) {
		this.#root = root;
	}

	/** @param {import("@playwright/test/reporter").TestError} error */
	onError(error) {
		this.#errors.push(error);
	}

	onEnd() {
		const tests = this.#root?.allTests() ?? [];
		const ended = (/** @type {string} */ outcome) => tests.filter((test) => test.outcome() === outcome);
		writeOutcome({
			passed: ended("expected").length + ended("flaky").length,
			skipped: ended("skipped").length,
			retried: ended("flaky").length,
			failures: [
				...ended("unexpected").map((test) => ({
					name: test.titlePath().filter(Boolean).join(" › "),
					reason: (test.results.at(-1)?.errors ?? []).map(reason).join("\n"),
				})),
				...this.#errors.map((error) => ({ name: "an error outside of tests", reason: reason(error) })),
			],
		});
	}

	printsToStdio() {
		return false;
	}
}
