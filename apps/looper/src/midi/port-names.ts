import type { MidiPort } from "./midi-access.ts";

/**
 * Names of ports that tell devices of one make apart: the second "nanoPAD" is "nanoPAD 2". A port keeps its name while
 * it is connected, and gets it back when it returns, unless another has taken it.
 */
export class PortNames {
	readonly #remembered = new Map<string, string>();
	/** Ids of the ports that were connected the last time. */
	#connected: ReadonlySet<string> = new Set();

	/** Names the ports that are connected. @returns them by name */
	name<Port extends MidiPort>(ports: Iterable<Port>): ReadonlyMap<string, Port> {
		const all = [...ports].filter(({ state }) => state === "connected");
		// What is there comes before what returns.
		const stayed = all.filter(({ id }) => this.#connected.has(id));
		const connected = [...stayed, ...all.filter(({ id }) => !this.#connected.has(id))];
		this.#connected = new Set(connected.map(({ id }) => id));
		const named = new Map<string, Port>();
		const newcomers: Port[] = [];
		for (const port of connected) {
			const name = this.#remembered.get(port.id);
			if (name === undefined || named.has(name)) newcomers.push(port);
			else named.set(name, port);
		}
		for (const port of newcomers) {
			const name = freeName(port.name?.trim() || "Unnamed device", named);
			this.#remembered.set(port.id, name);
			named.set(name, port);
		}
		return named;
	}
}

function freeName(name: string, taken: ReadonlyMap<string, unknown>): string {
	let free = name;
	for (let copy = 2; taken.has(free); copy++) free = `${name} ${copy}`;
	return free;
}
