import { expect, test } from "vitest";
import { QuietMoment } from "./quiet-moment.ts";

test("what is asked for in silence happens at once, and once only", () => {
	const calls: string[] = [];
	const moment = new QuietMoment(() => false);
	moment.run(() => calls.push("reload"));
	moment.look();
	expect(calls).toEqual(["reload"]);
});

test("what is asked for while something sounds waits for silence", () => {
	const calls: string[] = [];
	let isBusy = true;
	const moment = new QuietMoment(() => isBusy);
	moment.run(() => calls.push("reload"));
	moment.look();
	expect([calls, moment.mustWait]).toEqual([[], true]);
	isBusy = false;
	moment.look();
	expect(calls).toEqual(["reload"]);
});

test("silence without a wish does nothing, and the latest wish counts", () => {
	const calls: string[] = [];
	let isBusy = true;
	const moment = new QuietMoment(() => isBusy);
	moment.look();
	moment.run(() => calls.push("first"));
	moment.run(() => calls.push("second"));
	isBusy = false;
	moment.look();
	expect(calls).toEqual(["second"]);
});
