import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCommandLine } from "../command-line.ts";

let folder = "";
let app = "";

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "serve-"));
	app = join(folder, "app");
	mkdirSync(app);
	writeFileSync(join(app, "index.html"), "the app");
});

afterAll(() => {
	rmSync(folder, { recursive: true });
});

/** The command in this process, with its own streams and signal. */
function start(...args: string[]) {
	const stdout = new PassThrough();
	const stderr = new PassThrough();
	const ending = new AbortController();
	const exitCode = runCommandLine(args, { stdin: Readable.from([]), stdout, stderr, signal: ending.signal }).finally(
		() => {
			stdout.end();
			stderr.end();
		},
	);
	return { stdout, exitCode, errors: text(stderr), end: () => ending.abort() };
}

async function addressOf(stdout: PassThrough): Promise<string> {
	const [chunk]: unknown[] = await once(stdout, "data");
	const line = String(chunk);
	expect(line).toMatch(/^Flitzis Looper: http:\/\/localhost:\d+\/\n$/);
	return line.trim().slice("Flitzis Looper: ".length);
}

test("the app is served at the printed address until the signal, and the exit code is 0", async () => {
	const command = start("serve", "--app", app, "--port", "0");
	const address = await addressOf(command.stdout);
	expect(await (await fetch(address)).text()).toBe("the app");
	command.end();
	expect(await command.exitCode).toBe(0);
	await expect(fetch(address)).rejects.toThrow("fetch failed");
});

test("without a given port two servers run side by side", async () => {
	const first = start("serve", "--app", app);
	const firstAddress = await addressOf(first.stdout);
	const second = start("serve", "--app", app);
	const secondAddress = await addressOf(second.stdout);
	expect(secondAddress).not.toBe(firstAddress);
	expect(await (await fetch(secondAddress)).text()).toBe("the app");
	first.end();
	second.end();
	expect(await Promise.all([first.exitCode, second.exitCode])).toEqual([0, 0]);
});

test("a given port that is in use is an error with exit code 1", async () => {
	const holder = createServer().listen(0, "127.0.0.1");
	await once(holder, "listening");
	const bound = holder.address();
	const port = bound !== null && typeof bound === "object" ? bound.port : 0;
	const command = start("serve", "--app", app, "--port", String(port));
	expect(await command.exitCode).toBe(1);
	expect(await command.errors).toMatch(new RegExp(`^flitzis-looper: Port ${port} is in use.*--port`));
	holder.close();
});

test("an address of another machine is an error with exit code 1", async () => {
	const command = start("serve", "--app", app, "--host", "192.0.2.1");
	expect(await command.exitCode).toBe(1);
	expect(await command.errors).toMatch(/^flitzis-looper: The server cannot listen on 192\.0\.2\.1 port 5667/);
});

test("an app that is not built is an error with a remedy and exit code 1", async () => {
	const command = start("serve", "--app", folder);
	expect(await command.exitCode).toBe(1);
	expect(await command.errors).toMatch(/Name the folder of a built app with --app\.\n$/);
});

test.each(["65536", "-1", "http", "80.5", ""])("%j is not a port: exit code 2", async (port) => {
	const command = start("serve", "--app", app, "--port", port);
	expect(await command.exitCode).toBe(2);
	expect(await command.errors).toContain("The port must be an integer from 0 to 65535.");
});

test("an unknown command is wrong usage: exit code 2", async () => {
	const command = start("sreve");
	expect(await command.exitCode).toBe(2);
	expect(await command.errors).toContain("unknown command 'sreve'");
});

test("help is not an error", async () => {
	const command = start("serve", "--help");
	expect(await command.exitCode).toBe(0);
	expect(await text(command.stdout)).toContain("--port <number>");
});
