import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Json } from "./browser-page.ts";
import type { SendCommand, WebDriverCommand } from "./webdriver-page.ts";

const COMMAND = 0;
const COLON = 0x3a;

/** Firefox's names of the commands. */
const names: Readonly<Record<WebDriverCommand, string>> = {
	"New Session": "WebDriver:NewSession",
	"Delete Session": "WebDriver:DeleteSession",
	"Set Timeouts": "WebDriver:SetTimeouts",
	"Navigate To": "WebDriver:Navigate",
	"Set Window Rect": "WebDriver:SetWindowRect",
	"Execute Async Script": "WebDriver:ExecuteAsyncScript",
	"Perform Actions": "WebDriver:PerformActions",
	"Release Actions": "WebDriver:ReleaseActions",
	"Take Screenshot": "WebDriver:TakeScreenshot",
};

interface Waiting {
	readonly resolve: (value: unknown) => void;
	readonly reject: (error: Error) => void;
}

/** A message is its length in bytes, a colon and JSON. */
class MessageReader {
	readonly #onMessage: (message: unknown) => void;
	#bytes: Buffer = Buffer.alloc(0);

	constructor(onMessage: (message: unknown) => void) {
		this.#onMessage = onMessage;
	}

	read(chunk: Buffer): void {
		this.#bytes = Buffer.concat([this.#bytes, chunk]);
		for (;;) {
			const colon = this.#bytes.indexOf(COLON);
			const end = colon + 1 + Number(this.#bytes.subarray(0, Math.max(colon, 0)).toString());
			if (colon < 0 || this.#bytes.length < end) return;
			const text = this.#bytes.subarray(colon + 1, end).toString();
			this.#bytes = this.#bytes.subarray(end);
			this.#onMessage(JSON.parse(text));
		}
	}
}

function errorOf(failure: unknown): Error {
	const { error, message } = failure as { error: string; message: string };
	return new Error(`${error}: ${message}`);
}

/**
 * Sends WebDriver commands over Firefox's own socket, without geckodriver.
 *
 * Source: Mozilla, "Firefox Source Docs", Remote Protocols, Marionette Protocol.
 *
 * @param port - on this machine
 */
export async function connectMarionette(port: number): Promise<{ send: SendCommand; socket: Socket }> {
	const socket = connect(port, "127.0.0.1");
	const waiting = new Map<number, Waiting>();
	let commands = 0;
	const greeted = new Promise<void>((resolve) => {
		const reader = new MessageReader((message) => {
			// Only the greeting is not an array.
			if (!Array.isArray(message)) {
				resolve();
				return;
			}
			const [, id, failure, value] = message as [number, number, unknown, unknown];
			const command = waiting.get(id);
			waiting.delete(id);
			if (failure === null) command?.resolve(value);
			else command?.reject(errorOf(failure));
		});
		socket.on("data", (chunk: Buffer) => reader.read(chunk));
	});
	socket.on("close", () => {
		for (const { reject } of waiting.values()) reject(new Error("Firefox closed the connection."));
		waiting.clear();
	});
	await once(socket, "connect");
	await greeted;
	const send = async (command: WebDriverCommand, parameters: Readonly<Record<string, Json>>): Promise<unknown> => {
		commands += 1;
		const id = commands;
		const answer = new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }));
		const text = JSON.stringify([COMMAND, id, names[command], parameters]);
		socket.write(`${Buffer.byteLength(text)}:${text}`);
		const result = await answer;
		// Most responses wrap the value in an object.
		return typeof result === "object" && result !== null && "value" in result ? result.value : result;
	};
	return { send, socket };
}
