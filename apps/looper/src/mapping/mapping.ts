import type { EngineReading } from "../instrument/engine-poller.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { ClockInput, type TransportReading } from "../midi/clock-input.ts";
import { ClockSender } from "../midi/clock-sender.ts";
import { MidiConnection, type MidiPlatform } from "../midi/midi-connection.ts";
import { MidiPorts, type ReceivedMessage } from "../midi/midi-ports.ts";
import { actionsOf } from "./instrument-actions.ts";
import { Learning } from "./learning.ts";
import { MappedInput } from "./mapped-input.ts";
import type { MappingActions } from "./mapping-actions.ts";
import type { MappingDocument } from "./mapping-document.ts";
import { type MappingStorage, MappingStore } from "./mapping-store.ts";
import { PadLights } from "./pad-lights.ts";

/** What a mapping needs of its platform. */
export interface MappingPlatform {
	readonly storage: MappingStorage;
	readonly midi: MidiPlatform;
	/** Milliseconds on the clock of MIDI's time stamps. */
	now(): number;
}

/** What lies between the performer's controls and the instrument: its parts around one mapping. */
export class Mapping {
	readonly ports: MidiPorts = new MidiPorts();
	readonly actions: MappingActions;
	readonly store: MappingStore;
	readonly input: MappedInput;
	readonly learning: Learning;
	readonly connection: MidiConnection;
	/** The clock that the transport follows; null when it cannot follow any. */
	readonly clock: ClockInput | null;
	readonly #instrument: Instrument;
	readonly #platform: MappingPlatform;
	readonly #lights: PadLights;
	readonly #senders = new Map<string, ClockSender>();
	#clockInput: string | null = null;

	constructor(instrument: Instrument, platform: MappingPlatform) {
		this.#instrument = instrument;
		this.#platform = platform;
		this.actions = actionsOf(instrument);
		this.store = new MappingStore(platform.storage, instrument.notices);
		this.input = new MappedInput(this.actions);
		this.learning = new Learning(this.store, this.actions);
		this.connection = new MidiConnection(this.ports, platform.midi);
		this.clock = this.actions.clock === undefined ? null : new ClockInput(this.actions.clock);
		this.#lights = new PadLights(this.ports, this.actions);
		this.store.changes.add((document) => this.#use(document));
		this.ports.received.add((received) => this.#receive(received));
		this.ports.lost.add((device) => this.#lose(device));
		this.ports.changes.add(() => this.#lights.arrange(this.store.document));
		instrument.poller.readings.add((reading) => this.#follow(reading));
		this.#use(this.store.document);
	}

	/** Reads the mapping that is kept, and connects the devices that the performer has allowed before. */
	async open(): Promise<void> {
		this.store.open();
		await this.connection.connectIfGranted();
	}

	/** Puts the lights of all devices out. */
	close(): void {
		this.#lights.darken();
	}

	#use(document: MappingDocument): void {
		this.input.use(document);
		this.#lights.arrange(document);
		for (const device of this.#senders.keys()) if (!document.clockOutputs.includes(device)) this.#endClock(device);
		if (document.clockInput !== this.#clockInput) this.clock?.reset();
		this.#clockInput = document.clockInput;
	}

	#receive(received: ReceivedMessage): void {
		if (received.device === this.store.document.clockInput) this.clock?.receive(received.message, received.timeMs);
		if (!this.learning.takeMessage(received)) this.input.receive(received);
	}

	#lose(device: string): void {
		this.input.releaseDevice(device);
		this.#senders.delete(device);
		if (device === this.store.document.clockInput) this.clock?.reset();
	}

	#follow({ stats, activity }: EngineReading): void {
		this.#lights.show(activity, (pad) => this.#instrument.pads.states[pad]?.sample != null);
		const { clockInput, clockOutputs } = this.store.document;
		if (clockInput === null && clockOutputs.length === 0) return;
		const reading: TransportReading = {
			timeMs: this.#platform.now(),
			beat: activity.beat,
			tempo: activity.tempo,
			isRunning: activity.isTransportRunning,
			latencyMs: 1000 * stats.outputLatencySec,
		};
		this.clock?.compare(reading);
		for (const device of clockOutputs) this.#sendClock(device, reading);
	}

	#sendClock(device: string, reading: TransportReading): void {
		if (!this.ports.hasOutput(device)) return;
		let sender = this.#senders.get(device);
		if (sender === undefined) {
			sender = new ClockSender();
			this.#senders.set(device, sender);
		}
		for (const { data, timeMs } of sender.advance(reading)) this.ports.send(device, data, timeMs);
	}

	/** Stops a device that is sent clock no longer. */
	#endClock(device: string): void {
		this.#senders.delete(device);
		const stop = 0xfc;
		this.ports.send(device, [stop]);
	}
}
