import type { Page } from "@playwright/test";

/** What the fake offers to tests, as `window.fakeMidi`. */
interface PageMidi {
	plug(name: string): void;
	unplug(name: string): void;
	/** @param timeMs - when it came, on the page's clock */
	deliver(name: string, data: readonly number[], timeMs: number): void;
	/** Everything that was sent to the device since the last call. */
	takeSent(name: string): number[][];
}

/** Web MIDI with fake devices, injected before the page's script; the instrument's own code runs unchanged. */
export class FakeMidi {
	readonly #page: Page;

	constructor(page: Page) {
		this.#page = page;
	}

	/** Injects the fake. @param refusal - the name of the error with which the browser refuses MIDI; null = it allows it */
	async inject(refusal: string | null = null): Promise<void> {
		await this.#page.addInitScript((errorName) => {
			class Port {
				readonly id: string;
				readonly name: string;
				state = "connected";
				onmidimessage: ((event: { data: Uint8Array; timeStamp: number }) => void) | null = null;
				sent: number[][] = [];

				constructor(name: string) {
					this.id = name;
					this.name = name;
				}

				send(data: number[]): void {
					if (this.state !== "connected") throw new DOMException("The port is gone", "InvalidStateError");
					this.sent.push([...data]);
				}
			}
			const ports = new Map<string, Port>();
			const access = Object.assign(new EventTarget(), { inputs: ports, outputs: ports });
			const portNamed = (name: string): Port => {
				const port = ports.get(name) ?? new Port(name);
				ports.set(name, port);
				return port;
			};
			const change = (name: string, state: string): void => {
				portNamed(name).state = state;
				access.dispatchEvent(new Event("statechange"));
			};
			const fake: PageMidi = {
				plug: (name) => change(name, "connected"),
				unplug: (name) => change(name, "disconnected"),
				deliver: (name, data, timeStamp) => portNamed(name).onmidimessage?.({ data: Uint8Array.from(data), timeStamp }),
				takeSent: (name) => portNamed(name).sent.splice(0),
			};
			Reflect.set(window, "fakeMidi", fake);
			const request = (): Promise<unknown> =>
				errorName === null ? Promise.resolve(access) : Promise.reject(new DOMException("Refused", errorName));
			Object.defineProperty(navigator, "requestMIDIAccess", { value: request });
		}, refusal);
	}

	async plug(name: string): Promise<void> {
		await this.#page.evaluate((device) => Reflect.get(window, "fakeMidi").plug(device), name);
	}

	async unplug(name: string): Promise<void> {
		await this.#page.evaluate((device) => Reflect.get(window, "fakeMidi").unplug(device), name);
	}

	/** Lets a device send messages, one after the other. */
	async deliver(name: string, ...messages: readonly (readonly number[])[]): Promise<void> {
		await this.#page.evaluate(
			([device, all]) => {
				for (const data of all) Reflect.get(window, "fakeMidi").deliver(device, data, performance.now());
			},
			[name, messages] as const,
		);
	}

	/** Lets a device send clock, as if for two beats up to now. */
	async deliverClock(name: string, tempo: number): Promise<void> {
		await this.#page.evaluate(
			([device, intervalMs]) => {
				const from = performance.now() - 48 * intervalMs;
				for (let tick = 0; tick < 48; tick++) {
					Reflect.get(window, "fakeMidi").deliver(device, [0xf8], from + tick * intervalMs);
				}
			},
			[name, 60_000 / tempo / 24] as const,
		);
	}

	/** What was sent to a device since the last call. */
	async takeSent(name: string): Promise<number[][]> {
		return await this.#page.evaluate((device) => Reflect.get(window, "fakeMidi").takeSent(device), name);
	}
}
