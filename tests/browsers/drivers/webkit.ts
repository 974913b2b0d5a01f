import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { programPath } from "../../../scripts/ensure-programs.mjs";
import type { BrowserSettings, DrivenBrowser } from "./browser-page.ts";
import { beginSession } from "./http-webdriver.ts";
import { type Program, startProgram } from "./program.ts";
import { WebDriverPage } from "./webdriver-page.ts";

/** Features enabled beyond the defaults. */
interface WebKitFeatures {
	readonly environment: Readonly<Record<string, string>>;
	readonly args: readonly string[];
}

const LOOK_AGAIN_MS = 50;
const SCREEN = "1600x1400x24";

/** A port that was free just now. */
async function freePort(): Promise<number> {
	const server = createServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, "close");
	return port;
}

/** Starts a virtual screen. */
async function startScreen(): Promise<{ screen: Program; display: string }> {
	const args = ["-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp", "-noreset"];
	const screen = startProgram(programPath("Xvfb"), args, process.env);
	const lines = createInterface({ input: screen.child.stdout! });
	const number: Promise<string[]> = once(lines, "line");
	const [display] = await Promise.race([number, screen.ended]);
	return { screen, display: `:${display}` };
}

async function untilReady(address: string): Promise<void> {
	for (;;) {
		const isReady = await fetch(`${address}/status`).then(
			({ ok }) => ok,
			() => false,
		);
		if (isReady) return;
		await setTimeout(LOOK_AGAIN_MS);
	}
}

/** Features of Safari that WebKitGTK disables: shared memory and the private file system. */
const safari: WebKitFeatures = {
	environment: { JSC_useSharedArrayBuffer: "1" },
	args: ["--features=+FileSystem,+FileSystemWritableStream,+StorageAPI,+StorageAPIEstimate"],
};

/** Starts WebKit's MiniBrowser as shipped by Debian, on a virtual screen. */
export function startWebKit(settings: BrowserSettings): Promise<DrivenBrowser> {
	return start(settings, { environment: {}, args: [] });
}

/** Starts the same with Safari's additional features. */
export function startWebKitAsSafari(settings: BrowserSettings): Promise<DrivenBrowser> {
	return start(settings, safari);
}

async function start(settings: BrowserSettings, features: WebKitFeatures): Promise<DrivenBrowser> {
	const { folder, environment, autoplay } = settings;
	const runtimeFolder = `${folder}/runtime`;
	await mkdir(runtimeFolder, { recursive: true, mode: 0o700 });
	const { screen, display } = await startScreen();
	const port = await freePort();
	const driver = startProgram(programPath("WebKitWebDriver"), [`--port=${port}`], {
		...process.env,
		...environment,
		...features.environment,
		DISPLAY: display,
		HOME: folder,
		XDG_RUNTIME_DIR: runtimeFolder,
		// Its sandbox does not work as root.
		WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
	});
	const stop = async (): Promise<void> => {
		await driver.stop();
		await screen.stop();
	};
	try {
		const address = `http://127.0.0.1:${port}`;
		await Promise.race([untilReady(address), driver.ended]);
		const args = ["--automation", `--autoplay-policy=${autoplay ? "allow" : "deny"}`, ...features.args];
		// Without a path the driver uses the browser it was built with.
		const send = await beginSession(address, { "webkitgtk:browserOptions": { args } });
		const page = new WebDriverPage(send);
		await page.setPatience();
		return { page, close: stop };
	} catch (error) {
		await stop();
		throw error;
	}
}
