// Serves a file whose end never comes, so that a load stays where it is.
import { once } from "node:events";
import { createServer } from "node:http";

/** Loads tell how far they are by pieces of a megabyte, so a shorter file would stay at 0 %. */
const FILE_BYTES = 8 * 2 ** 20;
const HEADER_BYTES = 44;

/**
 * Serves a WAV of silence up to 42 %, under every path: browsers hold back a second request for the same address.
 *
 * @returns {Promise<{ address: string, close: () => void }>}
 */
export async function serveStalling() {
	const file = silentWav();
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

/** 16-bit stereo at 48 kHz. */
function silentWav() {
	const file = Buffer.alloc(FILE_BYTES);
	file.write("RIFF", 0, "latin1");
	file.writeUInt32LE(FILE_BYTES - 8, 4);
	file.write("WAVEfmt ", 8, "latin1");
	file.writeUInt32LE(16, 16);
	file.writeUInt16LE(1, 20);
	file.writeUInt16LE(2, 22);
	file.writeUInt32LE(48_000, 24);
	file.writeUInt32LE(4 * 48_000, 28);
	file.writeUInt16LE(4, 32);
	file.writeUInt16LE(16, 34);
	file.write("data", 36, "latin1");
	file.writeUInt32LE(FILE_BYTES - HEADER_BYTES, 40);
	return file;
}
