import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** A server on this machine. */
export interface LocalServer {
	/** Ends with a slash. */
	readonly address: string;
	close(): void;
}

/** Headers for cross-origin isolation, which shared memory requires. */
export const isolationHeaders: Readonly<Record<string, string>> = {
	"Cross-Origin-Opener-Policy": "same-origin",
	"Cross-Origin-Embedder-Policy": "require-corp",
};

/** Listens on a free port. @param headers - of every response */
export async function listenLocally(
	handle: (request: IncomingMessage, response: ServerResponse) => void,
	headers: Readonly<Record<string, string>>,
): Promise<LocalServer> {
	const server = createServer((request, response) => {
		for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
		handle(request, response);
	});
	server.listen(0, "localhost");
	await once(server, "listening");
	const address = server.address();
	if (address === null || typeof address === "string") throw new Error("The server has no port.");
	return {
		address: `http://localhost:${address.port}/`,
		close() {
			server.closeAllConnections();
			server.close();
		},
	};
}
