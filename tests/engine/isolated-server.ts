import { once } from "node:events";
import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import sirv from "sirv";

const BUILT_ENGINE = fileURLToPath(new URL("../../packages/engine/dist", import.meta.url));

/** A server of one page and the built engine, cross-origin isolated. */
export interface IsolatedServer {
	readonly address: string;
	close(): void;
}

/**
 * Serves a page's folder at `/`, the built engine at `/engine/` and numbered recordings at `/sounds/`.
 *
 * @param recordings - paths of files
 */
export async function serveIsolated(pageFolder: string, recordings: readonly string[] = []): Promise<IsolatedServer> {
	const serveEngine = sirv(BUILT_ENGINE, { dev: true });
	const servePage = sirv(pageFolder, { dev: true });
	const server = createServer((request, response) => {
		response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
		response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
		const path = request.url ?? "/";
		const [, sound] = /^\/sounds\/(\d+)$/.exec(path) ?? [];
		const file = recordings[Number(sound)];
		if (file !== undefined) {
			createReadStream(file).pipe(response);
			return;
		}
		const isEngine = path.startsWith("/engine/");
		request.url = isEngine ? path.slice("/engine".length) : path;
		(isEngine ? serveEngine : servePage)(request, response);
	});
	server.listen(0, "localhost");
	await once(server, "listening");
	const address = server.address();
	if (address === null || typeof address === "string") throw new Error("the server has no port");
	return {
		address: `http://localhost:${address.port}/`,
		close() {
			server.closeAllConnections();
			server.close();
		},
	};
}
