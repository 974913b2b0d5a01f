import { createReadStream } from "node:fs";
import { fileURLToPath } from "node:url";
import sirv from "sirv";
import { isolationHeaders, type LocalServer, listenLocally } from "../local-server.ts";

const BUILT_ENGINE = fileURLToPath(new URL("../../packages/engine/dist", import.meta.url));

/**
 * Serves a page's folder at `/`, the built engine at `/engine/` and numbered recordings at `/sounds/`, cross-origin isolated.
 *
 * @param recordings - paths of files
 */
export async function serveIsolated(pageFolder: string, recordings: readonly string[] = []): Promise<LocalServer> {
	const serveEngine = sirv(BUILT_ENGINE, { dev: true });
	const servePage = sirv(pageFolder, { dev: true });
	return await listenLocally((request, response) => {
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
	}, isolationHeaders);
}
