import { fileURLToPath } from "node:url";
import sirv from "sirv";
import { isolationHeaders, type LocalServer, listenLocally } from "../local-server.ts";

const BUILT_ENGINE = fileURLToPath(new URL("../../packages/engine/dist", import.meta.url));

/** What a page that embeds the engine is served with. */
export interface EmbeddingPage {
	/** Headers of every response. */
	readonly headers: Readonly<Record<string, string>>;
	/** Attributes of the frame that the page stands in; null for no frame. */
	readonly sandbox: string | null;
}

/** Headers of a server whose modules any page may import, isolated ones included. */
const SHARED_BY_ALL = { "Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin" };

/** Serves the built engine as a network for the delivery of packages does. */
export function serveDelivery(): Promise<LocalServer> {
	return listenLocally(sirv(BUILT_ENGINE, { dev: true }), SHARED_BY_ALL);
}

/** Serves an empty page at `/`, in a frame where there is one, and the built engine at `/engine/`. */
export function serveEmbedding({ headers, sandbox }: EmbeddingPage): Promise<LocalServer> {
	const serveEngine = sirv(BUILT_ENGINE, { dev: true });
	return listenLocally((request, response) => {
		const path = request.url ?? "/";
		if (path.startsWith("/engine/")) {
			response.setHeader("Access-Control-Allow-Origin", "*");
			request.url = path.slice("/engine".length);
			serveEngine(request, response);
			return;
		}
		const frame = `<iframe src="/frame" sandbox="${sandbox}" allow="autoplay"></iframe>`;
		response.setHeader("Content-Type", "text/html");
		response.end(`<!doctype html><title>Embedding</title>${path === "/" && sandbox !== null ? frame : ""}`);
	}, headers);
}

export { isolationHeaders };
