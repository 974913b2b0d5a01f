/* oxlint-disable no-empty-pattern -- Playwright reads a fixture's needs from its pattern */
import { once } from "node:events";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { test as base } from "@playwright/test";
import sirv from "sirv";

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What a worker of `test` offers. */
export interface EngineServerFixtures {
	/** Where the page and, below `/engine/`, the built engine are served, cross-origin isolated. */
	readonly engineAddress: string;
}

/** Playwright's `test` on an empty page that can import the built engine from `/engine/index.browser.js`. */
export const test = base.extend<object, EngineServerFixtures>({
	engineAddress: [
		// biome-ignore lint/correctness/noEmptyPattern: this fixture has no needs
		async ({}, use) => {
			const serveEngine = sirv(folder("../../packages/engine/dist"), { dev: true });
			const servePage = sirv(folder("./page"), { dev: true });
			const server = createServer((request, response) => {
				response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
				response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
				const isEngine = request.url?.startsWith("/engine/") === true;
				if (isEngine) request.url = request.url?.slice("/engine".length);
				(isEngine ? serveEngine : servePage)(request, response);
			});
			server.listen(0, "localhost");
			await once(server, "listening");
			const address = server.address();
			if (address === null || typeof address === "string") throw new Error("the server has no port");
			await use(`http://localhost:${address.port}/`);
			server.closeAllConnections();
			server.close();
		},
		{ scope: "worker" },
	],
	baseURL: async ({ engineAddress }, use) => {
		await use(engineAddress);
	},
});

export { expect } from "@playwright/test";
