import { writeOutcome } from "./outcome.mjs";

/** @param {{ message: string, stack?: string | undefined }} error */
function reason({ message, stack = "" }) {
	return stack.includes(message) ? stack : `${message}\n${stack}`;
}

/** @typedef {import("vitest/reporters").Reporter} Reporter */

/** @implements {Reporter} */
export default class OutcomeReporter {
	/**
	 * @param {readonly import("vitest/node").TestModule[]} modules
	 * @param {readonly import("vitest").SerializedError[]} unhandledErrors
	 */
	onTestRunEnd(modules, unhandledErrors) {
		const tests = modules.flatMap((module) => [...module.children.allTests()]);
		const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
		const failed = tests.filter((test) => test.result().state === "failed");
		writeOutcome({
			passed: tests.filter((test) => test.result().state === "passed").length,
			skipped: tests.filter((test) => ["skipped", "pending"].includes(test.result().state)).length,
			retried: 0,
			failures: [
				...failed.map((test) => ({
					name: `${test.project.name} › ${test.module.relativeModuleId} › ${test.fullName}`,
					reason: (test.result().errors ?? []).map(reason).join("\n"),
				})),
				...suites.flatMap((suite) =>
					suite.errors().map((error) => ({
						name: `${suite.project.name} › ${"fullName" in suite ? suite.fullName : suite.relativeModuleId}`,
						reason: reason(error),
					})),
				),
				...unhandledErrors.map((error) => ({ name: "an error outside of tests", reason: reason(error) })),
			],
		});
	}
}
