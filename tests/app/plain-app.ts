import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sirv from "sirv";
import { listenLocally } from "../local-server.ts";

/** The built app. */
export const BUILT: string = fileURLToPath(new URL("../../apps/looper/dist", import.meta.url));

/** A copy of the built app on a server that sends files and no headers of its own. */
export interface PlainApp {
	/** Ends with a slash. */
	readonly address: string;
	/** Puts another version of the app there, which has this title; without its page, as on a server that is just being brought up to date. */
	publish(title: string, hasPage?: boolean): void;
	close(): void;
}

/** Serves the built app as any static hosting does. */
export async function servePlainly(): Promise<PlainApp> {
	const folder = mkdtempSync(join(tmpdir(), "plain-app-"));
	cpSync(BUILT, folder, { recursive: true });
	const sendFile = sirv(folder, { dev: true, etag: true });
	const server = await listenLocally(
		(request, response) => sendFile(request, response, () => void response.writeHead(404).end()),
		{},
	);
	return {
		address: server.address,
		publish(title, hasPage = true) {
			const replace = (file: string, pattern: RegExp, text: string): void => {
				const path = join(folder, file);
				writeFileSync(path, readFileSync(path, "utf8").replace(pattern, text));
			};
			const page = readFileSync(join(folder, "index.html"), "utf8").replace(
				/<title>.*<\/title>/u,
				`<title>${title}</title>`,
			);
			if (hasPage) writeFileSync(join(folder, "index.html"), page);
			// As a build would, whose files have changed.
			replace("service-worker.js", /"version":"[^"]*"/u, `"version":"${title}"`);
			const hash = createHash("sha256").update(page).digest("hex");
			replace("service-worker.js", /"pageHash":"[^"]*"/u, `"pageHash":"${hash}"`);
		},
		close() {
			server.close();
			rmSync(folder, { recursive: true });
		},
	};
}
