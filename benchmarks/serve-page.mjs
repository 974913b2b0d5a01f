// A cross-origin isolated page that can import the built engine.
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import sirv from "sirv";

const ENGINE = fileURLToPath(new URL("../packages/engine/dist", import.meta.url));

/**
 * Serves an empty page, and the engine's files beside it.
 *
 * @param {(path: string) => Buffer | string | null} [read] - further files; text is a script
 * @returns {Promise<{ origin: string, close(): void }>}
 */
export async function servePage(read = () => null) {
	const serveEngine = sirv(ENGINE, { dev: true });
	const server = createServer((request, response) => {
		response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
		response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
		const path = request.url ?? "/";
		const content = read(path);
		if (typeof content === "string") response.setHeader("Content-Type", "text/javascript").end(content);
		else if (content !== null) response.end(content);
		else if (path === "/")
			response.setHeader("Content-Type", "text/html").end("<!doctype html><title>Benchmark</title>");
		else serveEngine(request, response);
	});
	await new Promise((resolve) => server.listen(0, "localhost", () => resolve(null)));
	const address = server.address();
	const port = address !== null && typeof address === "object" ? address.port : 0;
	return {
		origin: `http://localhost:${port}/`,
		close() {
			server.closeAllConnections();
			server.close();
		},
	};
}
