import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const command = fileURLToPath(new URL("../bin/flitzis-looper.js", import.meta.url));
/** More than a pipe holds, so that it is taken only by a process that reads. */
const manyBytes = new Uint8Array(2 ** 20);

function run(...args: string[]): ChildProcessWithoutNullStreams {
	return spawn(process.execPath, [command, ...args]);
}

test.each(["SIGINT", "SIGTERM"] as const)(
	"%s ends a command that reads a pipe whose writer goes on living",
	async (signal) => {
		const child = run("info", "-");
		const ended = once(child, "close");
		await new Promise((resolve) => child.stdin.write(manyBytes, resolve));
		child.kill(signal);
		expect(await ended).toEqual([null, signal]);
	},
);

test("a reader of the output that leaves early gets no stack trace", async () => {
	const child = run("--help");
	child.stdout.destroy();
	let errors = "";
	child.stderr.on("data", (text) => {
		errors += String(text);
	});
	await once(child, "close");
	expect(errors).toBe("");
});
