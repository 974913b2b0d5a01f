// Serves the built app with the command line tool.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

/**
 * Serves the built app on a free port.
 *
 * @param {string} root - of the repository
 * @returns {Promise<{ address: string, close: () => void }>}
 */
export async function serveApp(root) {
	const command = join(root, "packages/cli/bin/flitzis-looper.js");
	const server = spawn(process.execPath, [command, "serve", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
	for await (const line of createInterface({ input: server.stdout })) {
		const address = /^Flitzis Looper: (http\S+)$/.exec(line)?.[1];
		if (address !== undefined) return { address, close: () => void server.kill("SIGTERM") };
	}
	throw new Error("The app server ended without printing its address. Run npm run build first.");
}
