import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAppServer } from "./app-server.ts";

const PAGE = "<!doctype html><title>app</title>";
const SECRET = "nobody may read this";

let folder = "";
let server: Server;
let port = 0;

beforeAll(async () => {
	folder = realpathSync(mkdtempSync(join(tmpdir(), "app-server-")));
	const app = join(folder, "app");
	mkdirSync(join(app, "assets"), { recursive: true });
	mkdirSync(join(app, ".git"));
	mkdirSync(join(folder, "app-beside"));
	writeFileSync(join(app, "index.html"), PAGE);
	writeFileSync(join(app, "assets", "kernel.wasm"), "\0asm");
	writeFileSync(join(app, "assets", "kernel-DkDSwahx.wasm"), "\0asm");
	writeFileSync(join(app, "assets", "a sound.wav"), "RIFF");
	writeFileSync(join(app, ".env"), SECRET);
	writeFileSync(join(app, ".git", "config"), SECRET);
	writeFileSync(join(folder, "secret.txt"), SECRET);
	writeFileSync(join(folder, "app-beside", "secret.txt"), SECRET);
	symlinkSync(join(folder, "secret.txt"), join(app, "link.txt"));
	symlinkSync(folder, join(app, "assets", "up"));
	symlinkSync(join(app, "index.html"), join(app, "start.html"));
	server = await createAppServer(app);
	await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
	const address = server.address();
	if (address === null || typeof address === "string") throw new Error("The server has no port.");
	port = address.port;
});

afterAll(() => {
	server.close();
	server.closeAllConnections();
	rmSync(folder, { recursive: true });
});

interface Answer {
	readonly status: number;
	readonly headers: ReadonlyMap<string, string>;
	readonly body: string;
}

/** Sends raw bytes, because an HTTP client would normalise the path. */
async function send(message: string): Promise<Answer> {
	const socket = connect(port, "127.0.0.1");
	socket.write(Buffer.from(message, "latin1"));
	const answer = await text(socket);
	const [head = "", ...rest] = answer.split("\r\n\r\n");
	const [statusLine = "", ...headerLines] = head.split("\r\n");
	const headers = headerLines.map((line): [string, string] => {
		const colon = line.indexOf(":");
		return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
	});
	return { status: Number(statusLine.split(" ")[1]), headers: new Map(headers), body: rest.join("\r\n\r\n") };
}

function request(method: string, target: string, ...headers: string[]): Promise<Answer> {
	const lines = [`${method} ${target} HTTP/1.1`, "Host: localhost", "Connection: close", ...headers];
	return send(`${lines.join("\r\n")}\r\n\r\n`);
}

test("the root is the page, revalidated at each visit, with the isolation headers", async () => {
	const { status, headers, body } = await request("GET", "/");
	expect(status).toBe(200);
	expect(body).toBe(PAGE);
	expect(headers.get("content-type")).toBe("text/html;charset=utf-8");
	expect(headers.get("cache-control")).toBe("no-cache");
	expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
	expect(headers.get("cross-origin-embedder-policy")).toBe("require-corp");
	expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
	expect(headers.get("x-content-type-options")).toBe("nosniff");
	expect(headers.get("content-security-policy")).toContain("script-src 'self' 'wasm-unsafe-eval'");
});

test("a module is served as WebAssembly, even with a query", async () => {
	const { status, headers, body } = await request("GET", "/assets/kernel.wasm?v=1");
	expect([status, headers.get("content-type"), body]).toEqual([200, "application/wasm", "\0asm"]);
});

test("a file whose name has a space is found", async () => {
	expect((await request("GET", "/assets/a%20sound.wav")).body).toBe("RIFF");
});

test("a link within the app is followed", async () => {
	expect((await request("GET", "/start.html")).body).toBe(PAGE);
});

test("HEAD returns only the headers", async () => {
	const { status, headers, body } = await request("HEAD", "/index.html");
	expect([status, headers.get("content-length"), body]).toEqual([200, String(PAGE.length), ""]);
});

test("a file whose name has its hash is asked for once", async () => {
	const { headers } = await request("GET", "/assets/kernel-DkDSwahx.wasm");
	expect(headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
});

test("a cached file is not sent again", async () => {
	const { headers } = await request("GET", "/index.html");
	const again = await request("GET", "/index.html", `If-None-Match: ${headers.get("etag")}`);
	expect([again.status, again.body]).toEqual([304, ""]);
});

test("a range that ends before it starts is ignored", async () => {
	expect((await request("GET", "/index.html", "Range: bytes=9-2")).body).toBe(PAGE);
});

test.each(["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])("%s is rejected", async (method) => {
	const { status, headers } = await request(method, "/");
	expect([status, headers.get("allow")]).toEqual([405, "GET, HEAD"]);
});

test.each([
	["a way up", "/../secret.txt"],
	["a way up from a folder", "/assets/../../secret.txt"],
	["an encoded way up", "/%2e%2e/secret.txt"],
	["an encoded way up with an encoded slash", "/%2e%2e%2fsecret.txt"],
	["a way up encoded twice", "/%252e%252e/secret.txt"],
	["a way up with backslashes", "/..\\secret.txt"],
	["a way up with encoded backslashes", "/..%5csecret.txt"],
	["a way up in overlong UTF-8", "/%c0%ae%c0%ae/secret.txt"],
	["a folder whose name starts like the app's", "/../app-beside/secret.txt"],
	["an absolute path", "//etc/passwd"],
	["an absolute address", "http://localhost/../secret.txt"],
	["a NUL", "/index.html%00.txt"],
	["a percent sign that encodes nothing", "/%zz"],
	["a dot file", "/.env"],
	["an encoded dot file", "/%2eenv"],
	["a file in a dot folder", "/.git/config"],
	["a link out of the app", "/link.txt"],
	["a folder linked from outside", "/assets/up/secret.txt"],
	["a folder", "/assets"],
	["a folder without a page", "/assets/"],
	["a missing file", "/nothing.js"],
])("%s is not found: %s", async (_what, target) => {
	const { status, headers, body } = await request("GET", target);
	expect([status, body]).toEqual([404, "Not found\n"]);
	expect(headers.get("cross-origin-embedder-policy")).toBe("require-corp");
});

test.each(["/index.html\0", "secret.txt", "../secret.txt"])(
	"a request line with the target %j is malformed",
	async (target) => {
		expect((await request("GET", target)).status).toBe(400);
	},
);

test("no combination of path traversal pieces leads out of the app", async () => {
	const pieces = [
		"..",
		".",
		"/",
		"\\",
		"%2e",
		"%2f",
		"%5c",
		"%00",
		"%25",
		"assets",
		"up",
		"secret.txt",
		"app-beside",
		".env",
	];
	const targets = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 8 });
	await fc.assert(
		fc.asyncProperty(targets, async (parts) => {
			const { status, body } = await request("GET", `/${parts.join("")}`);
			expect(body).not.toContain(SECRET);
			// The root itself can be spelled "//".
			expect(status === 404 || body === PAGE).toBe(true);
		}),
		{ numRuns: 500 },
	);
});
