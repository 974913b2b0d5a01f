import type { MidiAccess, MidiInput, MidiOutput, PortMessage } from "./midi-access.ts";

/** A port for tests that receives on demand and logs what is sent. */
class FakePort implements MidiInput, MidiOutput {
	readonly id: string;
	readonly name: string;
	state: "connected" | "disconnected" = "connected";
	onmidimessage: ((message: PortMessage) => void) | null = null;
	/** The bytes that were sent, and when they are due. */
	readonly sent: { readonly data: readonly number[]; readonly timeMs: number }[] = [];

	constructor(id: string, name: string) {
		this.id = id;
		this.name = name;
	}

	send(data: number[], timestamp = 0): void {
		if (this.state === "disconnected") throw new Error("InvalidStateError");
		this.sent.push({ data, timeMs: timestamp });
	}

	/** Delivers a message, as the platform does. */
	deliver(data: readonly number[], timeMs = 0): void {
		this.onmidimessage?.({ data, timeStamp: timeMs });
	}
}

/** Web MIDI for tests, at the border of `MIDIAccess`. Every device has an input and an output. */
export class FakeMidi implements MidiAccess {
	readonly #ports: FakePort[] = [];
	readonly #listeners: (() => void)[] = [];

	readonly inputs: { values(): readonly FakePort[] } = { values: () => this.#ports };
	readonly outputs: { values(): readonly FakePort[] } = { values: () => this.#ports };

	addEventListener(_type: "statechange", listener: () => void): void {
		this.#listeners.push(listener);
	}

	/** Connects a device. @returns its port */
	plug(name: string, id: string = name): FakePort {
		const port = new FakePort(id, name);
		this.#ports.push(port);
		this.#change();
		return port;
	}

	unplug(port: FakePort): void {
		port.state = "disconnected";
		this.#change();
	}

	/** Connects a device again that was there before. */
	replug(port: FakePort): void {
		port.state = "connected";
		this.#change();
	}

	#change(): void {
		for (const listener of this.#listeners) listener();
	}
}
