import { Listeners } from "../instrument/listeners.ts";
import { messageOf } from "../instrument/notices.ts";
import type { MidiAccess } from "./midi-access.ts";
import type { MidiPorts } from "./midi-ports.ts";

/** The platform's Web MIDI. */
export interface MidiPlatform {
	/** Whether the page has MIDI already, so that asking for it shows no prompt. */
	isGranted(): Promise<boolean>;
	/** Asks for MIDI; null where the platform has none. */
	readonly request: (() => Promise<MidiAccess>) | null;
}

/** Whether MIDI is there, and why not. */
export interface MidiStatus {
	readonly state: "off" | "asking" | "open" | "missing" | "failed";
	/** A sentence for the performer; empty while there is nothing to say. */
	readonly text: string;
}

const missing: MidiStatus = {
	state: "missing",
	text: "This browser has no Web MIDI. To play with controllers open the page in a current Chrome, Edge or Firefox; keys, mouse and touch work here, too.",
};
const refusedText =
	"The browser refused MIDI. Allow MIDI devices for this page in the browser's site settings, and connect again.";

/** The connection to the platform's MIDI devices. */
export class MidiConnection {
	readonly changes: Listeners<MidiStatus> = new Listeners();
	readonly #ports: MidiPorts;
	readonly #platform: MidiPlatform;
	#status: MidiStatus;

	constructor(ports: MidiPorts, platform: MidiPlatform) {
		this.#ports = ports;
		this.#platform = platform;
		this.#status = platform.request === null ? missing : { state: "off", text: "" };
	}

	get status(): MidiStatus {
		return this.#status;
	}

	/** Connects when the performer has allowed it before: without a prompt. */
	async connectIfGranted(): Promise<void> {
		if (this.#platform.request !== null && (await this.#platform.isGranted())) await this.connect();
	}

	/** Connects, which may show a prompt. Does nothing where it is connected, or where there is no MIDI. */
	async connect(): Promise<void> {
		const { request } = this.#platform;
		if (request === null || this.#status.state === "open" || this.#status.state === "asking") return;
		this.#change({ state: "asking", text: "The browser asks whether this page may use MIDI devices." });
		try {
			const access = await request();
			this.#ports.attach(access);
			this.#change({ state: "open", text: "" });
		} catch (error) {
			this.#change({ state: "failed", text: failureText(error) });
		}
	}

	#change(status: MidiStatus): void {
		this.#status = status;
		this.changes.notify(status);
	}
}

function failureText(error: unknown): string {
	const isRefused = error instanceof Error && ["NotAllowedError", "SecurityError"].includes(error.name);
	return isRefused ? refusedText : `MIDI did not start: ${messageOf(error)}. Connect the device again, and try again.`;
}
