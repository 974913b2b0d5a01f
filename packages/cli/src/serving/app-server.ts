import { realpath } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import sirv from "sirv";
import { appPath } from "./app-path.ts";
import { responseHeaders } from "./response-headers.ts";

/** A file whose name changes with its content: browsers ask for it once, also when several threads run it. */
const HASHED_FILE = /^\/assets\/[^/]+-[\w-]{8}\.\w+$/;

function refuse(response: ServerResponse, status: number, reason: string): void {
	const body = `${reason}\n`;
	const headers = { "Content-Type": "text/plain;charset=utf-8", "Content-Length": Buffer.byteLength(body) };
	response.writeHead(status, headers).end(body);
}

/**
 * An HTTP server for the files of one folder and nothing else, not yet listening.
 *
 * @param folder - the built app
 */
export async function createAppServer(folder: string): Promise<Server> {
	const root = await realpath(folder);
	// Looked up at each request, so that a new build is served without a restart.
	const sendFile = sirv(root, { dev: true, etag: true, extensions: [] });

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		response.setHeaders(new Map(responseHeaders));
		if (request.method !== "GET" && request.method !== "HEAD") {
			response.setHeader("Allow", "GET, HEAD");
			refuse(response, 405, "Only GET and HEAD are supported.");
			return;
		}
		const path = await appPath(root, request.url ?? "");
		if (path === null) {
			refuse(response, 404, "Not found");
			return;
		}
		request.url = path;
		if (HASHED_FILE.test(path)) response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
		// The app reads whole files, and sirv throws on a range that ends before it starts.
		delete request.headers.range;
		sendFile(request, response, () => refuse(response, 404, "Not found"));
	}

	return createServer((request, response) => {
		answer(request, response).catch(() => {
			if (response.headersSent) response.destroy();
			else refuse(response, 500, "The file cannot be read.");
		});
	});
}
