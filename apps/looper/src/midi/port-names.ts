import type { MidiPort } from "./midi-access.ts";

/**
 * Names of ports that tell devices of one make apart: the second "nanoPAD" is "nanoPAD 2". A port keeps its name while
 * it is connected, and gets it back when it returns, unless another has taken it.
 */
export class PortNames {
	readonly #remembered = new Map<string, string>();

	/** Names the ports that are connected. @returns them by name */
	name<Port extends MidiPort>(ports: Iterable<Port>): ReadonlyMap<string, Port> {
		const connected = [...ports].filter(({ state }) => state === "connected");
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
