// Serves a file whose end never comes, so that a load stays where it is.
import { once } from "node:events";
import { createServer } from "node:http";

/**
 * @param {Uint8Array} file
 * @returns {Promise<{ address: string, close: () => void }>}
 */
export async function serveStalling(file) {
	const server = createServer((_request, response) => {
		response.writeHead(200, {
			"Access-Control-Allow-Origin": "*",
			"Content-Length": file.length,
			"Cross-Origin-Resource-Policy": "cross-origin",
		});
		response.write(file.subarray(0, Math.round(0.42 * file.length)));
	});
	await once(server.listen(0, "localhost"), "listening");
	const bound = server.address();
	const port = bound !== null && typeof bound === "object" ? bound.port : 0;
	return {
		address: `http://localhost:${port}/`,
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}
