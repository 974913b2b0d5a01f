import { expect, test } from "vitest";
import { inputProblem } from "./input-problem.ts";

test.each([
	["NotAllowedError", /^The browser gives this page no input\. Allow /],
	["NotFoundError", /^No input is connected\. Connect /],
	["OverconstrainedError", /^The input is not connected any more\. /],
	["NotReadableError", /^The input cannot be opened\. Close other programs /],
	["toString", /^The input cannot be opened\. Choose another one/],
])("%s is told in a sentence with a remedy", (name, text) => {
	expect(inputProblem(new DOMException("", name))).toMatch(text);
});

test("whatever else is thrown has a sentence, too", () => {
	expect(inputProblem(undefined)).toMatch(/^The input cannot be opened\. /);
});
