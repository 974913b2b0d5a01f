import { HostedEngine } from "../src/audio-engine.ts";
import type { AudioDevice } from "../src/device/audio-device.ts";
import { nodeHost } from "../src/host.node.ts";
import type { Host } from "../src/host.ts";
import type { AudioEngineOptions } from "../src/protocol/engine-types.ts";

/** Time and timers controlled by a test. */
export class SteppedTime {
	milliseconds = 0;
	readonly #timers: Set<{ readonly at: number; readonly callback: () => void }> = new Set();

	readonly now = (): number => this.milliseconds;

	readonly after = (milliseconds: number, callback: () => void): (() => void) => {
		const timer = { at: this.milliseconds + milliseconds, callback };
		this.#timers.add(timer);
		return () => this.#timers.delete(timer);
	};

	/** Advances by a millisecond. */
	advance(): void {
		this.milliseconds += 1;
		for (const timer of this.#timers) {
			if (timer.at > this.milliseconds || !this.#timers.delete(timer)) continue;
			timer.callback();
		}
	}
}

/** An engine on Node's host with the test's time and device. */
export function steppedEngine(
	device: AudioDevice,
	{ now, after }: SteppedTime,
	options: AudioEngineOptions,
): HostedEngine {
	const assets = { base: new URL("../dist", import.meta.url) };
	const host: Host = { ...nodeHost(assets), now, after, openDevice: () => Promise.resolve(device) };
	return new HostedEngine(host, options);
}
