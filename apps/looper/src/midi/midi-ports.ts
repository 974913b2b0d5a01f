import { Listeners } from "../instrument/listeners.ts";
import type { MidiAccess, MidiInput, MidiOutput, PortMessage } from "./midi-access.ts";
import { decodeMidi, type MidiMessage } from "./midi-message.ts";
import { PortNames } from "./port-names.ts";

/** A message and where it came from. */
export interface ReceivedMessage {
	readonly device: string;
	readonly message: MidiMessage;
	/** When it came, in milliseconds on the page's clock. */
	readonly timeMs: number;
}

/** The MIDI ports that are connected, by the names of their devices. Devices may come and go at any time. */
export class MidiPorts {
	/** Devices have come or gone. */
	readonly changes: Listeners<void> = new Listeners();
	/** Called within the task that delivers the message. */
	readonly received: Listeners<ReceivedMessage> = new Listeners();
	/** The names of inputs that are gone. */
	readonly lost: Listeners<string> = new Listeners();
	readonly #inputNames = new PortNames();
	readonly #outputNames = new PortNames();
	#inputs: ReadonlyMap<string, MidiInput> = new Map();
	#outputs: ReadonlyMap<string, MidiOutput> = new Map();

	/** Names of the devices that send to the instrument. */
	get inputs(): readonly string[] {
		return [...this.#inputs.keys()];
	}

	/** Names of the devices that the instrument can send to. */
	get outputs(): readonly string[] {
		return [...this.#outputs.keys()];
	}

	/** Takes the ports of the platform, and follows them from now on. */
	attach(access: MidiAccess): void {
		access.addEventListener("statechange", () => this.#scan(access));
		this.#scan(access);
	}

	/** Whether messages to the device arrive. */
	hasOutput(device: string): boolean {
		return this.#outputs.has(device);
	}

	/** Sends one message; a device that is gone is ignored. @param timeMs - when, on the page's clock; 0 = at once */
	send(device: string, data: readonly number[], timeMs = 0): void {
		const output = this.#outputs.get(device);
		if (output === undefined) return;
		try {
			output.send([...data], timeMs);
		} catch {
			// The device was pulled out, and the event that says so is still on its way.
		}
	}

	#scan(access: MidiAccess): void {
		const before = this.#inputs;
		this.#inputs = this.#inputNames.name(access.inputs.values());
		this.#outputs = this.#outputNames.name(access.outputs.values());
		for (const [device, input] of before) {
			if (this.#inputs.get(device) === input) continue;
			input.onmidimessage = null;
			this.lost.notify(device);
		}
		for (const [device, input] of this.#inputs) {
			if (before.get(device) !== input) input.onmidimessage = (message) => this.#receive(device, message);
		}
		this.changes.notify();
	}

	#receive(device: string, { data, timeStamp: timeMs }: PortMessage): void {
		const message = data === null ? null : decodeMidi(data);
		if (message !== null) this.received.notify({ device, message, timeMs });
	}
}
