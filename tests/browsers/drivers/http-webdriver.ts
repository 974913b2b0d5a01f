import type { Json } from "./browser-page.ts";
import type { SendCommand, WebDriverCommand } from "./webdriver-page.ts";

/** Method and path relative to the session. */
const endpoints: Readonly<Record<Exclude<WebDriverCommand, "New Session">, readonly [method: string, path: string]>> = {
	"Delete Session": ["DELETE", ""],
	"Set Timeouts": ["POST", "/timeouts"],
	"Navigate To": ["POST", "/url"],
	"Set Window Rect": ["POST", "/window/rect"],
	"Execute Async Script": ["POST", "/execute/async"],
	"Perform Actions": ["POST", "/actions"],
	"Release Actions": ["DELETE", "/actions"],
	"Take Screenshot": ["GET", "/screenshot"],
};

async function request(method: string, url: string, parameters: Readonly<Record<string, Json>>): Promise<unknown> {
	const body = method === "POST" ? { body: JSON.stringify(parameters) } : {};
	const response = await fetch(url, { method, ...body });
	const { value } = (await response.json()) as { value: unknown };
	if (response.ok) return value;
	const { error, message } = value as { error: string; message: string };
	throw new Error(`${error}: ${message}`);
}

/**
 * Starts a session with a WebDriver server.
 *
 * @param address - of the server, without a trailing slash
 * @param capabilities - required capabilities of the browser
 * @returns a function that sends commands to the session.
 */
export async function beginSession(
	address: string,
	capabilities: Readonly<Record<string, Json>>,
): Promise<SendCommand> {
	const parameters = { capabilities: { alwaysMatch: capabilities } };
	const { sessionId } = (await request("POST", `${address}/session`, parameters)) as { sessionId: string };
	return (command, given) => {
		if (command === "New Session") throw new Error("The session has already started.");
		const [method, path] = endpoints[command];
		return request(method, `${address}/session/${sessionId}${path}`, given);
	};
}
