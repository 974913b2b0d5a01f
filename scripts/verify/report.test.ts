import { expect, test } from "vitest";
import { readableOutput, type StageResult, writeReport } from "./report.mjs";

function result(name: string, hasPassed: boolean, output: string): StageResult {
	const [when, commit, machine] = ["2026-01-02 03:04 UTC", "abc1234", "2 × Processor · 8 GiB"];
	return {
		name,
		claim: `${name} holds`,
		command: `npm run ${name}`,
		hasPassed,
		seconds: 75,
		when,
		commit,
		machine,
		output,
	};
}

test("a report has each stage's claim, result, duration and output", () => {
	const page = writeReport(
		"",
		[result("fuzz", true, "0 faults"), result("soak", false, "3 underruns")],
		["fuzz", "soak"],
	);
	expect(page).toContain("| [fuzz](#fuzz) | fuzz holds | passed | 1 min 15 s | 2026-01-02 03:04 UTC |");
	expect(page).toContain("| [soak](#soak) | soak holds | FAILED | 1 min 15 s | 2026-01-02 03:04 UTC |");
	expect(page).toContain("```text\n3 underruns\n```");
	expect(page).toContain("commit abc1234\n\n2 × Processor · 8 GiB\n");
});

test("a stage that runs by itself replaces only its own section, in the order of all stages", () => {
	const names = ["first", "fuzz", "soak"];
	const before = writeReport("", [result("fuzz", true, "old fuzz"), result("soak", true, "old soak")], names);
	const after = writeReport(before, [result("fuzz", false, "new fuzz"), result("first", true, "first")], names);
	expect(after).toBe(
		writeReport(
			"",
			[result("first", true, "first"), result("fuzz", false, "new fuzz"), result("soak", true, "old soak")],
			names,
		),
	);
});

test("a stage that no longer exists is removed from the report", () => {
	const before = writeReport("", [result("gone", true, "x"), result("soak", true, "y")], ["gone", "soak"]);
	expect(writeReport(before, [], ["soak"])).toBe(writeReport("", [result("soak", true, "y")], ["soak"]));
});

test("output loses colours, folder and empty lines, and only its end is kept", () => {
	const text = "\u001b[32mone\u001b[0m\n\n> vitest run\nnpm warn of something\nfile /home/me/looper/a.ts\nlast\r\n";
	expect(readableOutput(text, "/home/me/looper/", 2)).toBe("file ./a.ts\nlast");
	expect(readableOutput(text, "/home/me/looper/", 9)).toBe("one\nfile ./a.ts\nlast");
});
