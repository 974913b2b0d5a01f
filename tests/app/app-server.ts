import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";

const COMMAND = fileURLToPath(new URL("../../packages/cli/bin/flitzis-looper.js", import.meta.url));

/** The built app, served by the command line tool. */
export interface AppServer {
	readonly address: string;
	close(): Promise<void>;
}

async function printedAddress(server: ChildProcessByStdio<null, Readable, null>): Promise<string> {
	for await (const line of createInterface({ input: server.stdout })) {
		const [, address] = /^Flitzis Looper: (http\S+)$/.exec(line) ?? [];
		if (address !== undefined) return address;
	}
	throw new Error("The app server ended without printing its address.");
}

/** Serves the built app on a free port. */
export async function serveApp(): Promise<AppServer> {
	const server = spawn(process.execPath, [COMMAND, "serve", "--port", "0"], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	const ended = once(server, "close");
	return {
		address: await printedAddress(server),
		async close() {
			server.kill("SIGTERM");
			await ended;
		},
	};
}
