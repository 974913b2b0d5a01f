import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import type { Server } from "node:http";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createAppServer } from "../serving/app-server.ts";
import { CommandError, type Terminal } from "../terminal.ts";

/** Options of `flitzis-looper serve`. */
export interface ServeOptions {
	/** Folder of the built app. */
	readonly app?: string;
	readonly host: string;
	/** 0 for any free port. */
	readonly port?: number;
	readonly open: boolean;
}

const DEFAULT_PORT = 5667;
/** Ports after the default to try: close to it, because browsers store the instrument's data by address. */
const PORTS_TRIED = 32;
/** The app in the package, or the one that this repository has built. */
const BUNDLED_APPS = ["../../../../apps/looper/dist", "../../app"].map((path) =>
	fileURLToPath(new URL(path, import.meta.url)),
);
const LOOPBACK_HOSTS = new Set(["127.0.0.1", "::1", "localhost"]);
const ANY_HOSTS = new Set(["0.0.0.0", "::"]);

function isPortTaken(error: unknown): boolean {
	return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}

async function tryPort(server: Server, host: string, port: number): Promise<boolean> {
	try {
		server.listen(port, host);
		await once(server, "listening");
		return true;
	} catch (error) {
		if (isPortTaken(error)) return false;
		const reason = error instanceof Error ? error.message : String(error);
		throw new CommandError(`The server cannot listen on ${host} port ${port}: ${reason}.`, { cause: error });
	}
}

async function listen(server: Server, { host, port }: ServeOptions): Promise<void> {
	if (port !== undefined) {
		if (await tryPort(server, host, port)) return;
		throw new CommandError(
			`Port ${port} is in use. Close the program that uses it, or choose another port with --port.`,
		);
	}
	for (let candidate = DEFAULT_PORT; candidate < DEFAULT_PORT + PORTS_TRIED; candidate++) {
		if (await tryPort(server, host, candidate)) return;
	}
	await tryPort(server, host, 0);
}

function addressOf(server: Server, host: string): string {
	const bound = server.address();
	const port = bound !== null && typeof bound === "object" ? bound.port : 0;
	const isLocal = LOOPBACK_HOSTS.has(host) || ANY_HOSTS.has(host);
	const name = host.includes(":") ? `[${host}]` : host;
	return `http://${isLocal ? "localhost" : name}:${port}/`;
}

function openBrowser(address: string, terminal: Terminal): void {
	const openers: Partial<Record<NodeJS.Platform, readonly string[]>> = {
		darwin: ["open"],
		win32: ["cmd", "/c", "start", ""],
	};
	const [command = "", ...args] = openers[process.platform] ?? ["xdg-open"];
	spawn(command, [...args, address], { detached: true, stdio: "ignore" })
		.on("error", () => terminal.stderr.write(`flitzis-looper: No browser could be opened. Open ${address} in one.\n`))
		.unref();
}

function appFolder(named: string | undefined): string {
	const folders = named === undefined ? BUNDLED_APPS : [resolve(named)];
	const folder = folders.find((path) => existsSync(join(path, "index.html")));
	if (folder !== undefined) return folder;
	const remedy = named === undefined ? "Run npm run build" : "Name the folder of a built app with --app";
	throw new CommandError(`The app is not built: ${folders[0]} has no index.html. ${remedy}.`);
}

/**
 * Serves the built app until the terminal's signal.
 *
 * @returns the exit code
 * @throws CommandError if the app is not built or the port is in use
 */
export async function serve(options: ServeOptions, terminal: Terminal): Promise<number> {
	const folder = appFolder(options.app);
	const server = await createAppServer(folder);
	await listen(server, options);
	const address = addressOf(server, options.host);
	terminal.stdout.write(`Flitzis Looper: ${address}\n`);
	if (!LOOPBACK_HOSTS.has(options.host)) {
		terminal.stderr.write("flitzis-looper: Browsers on other machines give a page audio threads only over HTTPS.\n");
	}
	if (options.open) openBrowser(address, terminal);

	if (!terminal.signal.aborted) await once(terminal.signal, "abort");
	server.close();
	server.closeAllConnections();
	return 0;
}
