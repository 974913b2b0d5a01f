import { mustBe } from "../check-arguments.ts";
import { PERFORMANCE_FORMAT, type Performance } from "./performance.ts";

/** @throws TypeError unless the value has the parts of a performance; what is in them is for `parsePerformance` to check. */
export function checkPerformance(performance: Performance): void {
	const found = performance as Partial<Performance> | null | undefined;
	const lists = [found?.samples, found?.start?.slots, found?.start?.parameters, found?.commands];
	const isWhole = found?.format === PERFORMANCE_FORMAT && lists.every(Array.isArray) && isObject(found.engine);
	if (isWhole && isObject(found.start?.transport)) return;
	throw new TypeError(mustBe("performance", "what performance.stop() or parsePerformance() returned", performance));
}

function isObject(value: unknown): boolean {
	return typeof value === "object" && value !== null;
}
