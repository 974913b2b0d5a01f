/** A message that a port has received. `MIDIMessageEvent` is one. */
export interface PortMessage {
	readonly data: ArrayLike<number> | null;
	/** Milliseconds on the page's clock, as `performance.now()` counts them. */
	readonly timeStamp: number;
}

/** What inputs and outputs have in common. */
export interface MidiPort {
	readonly id: string;
	readonly name: string | null;
	readonly state: "connected" | "disconnected";
}

/** A port that receives. `MIDIInput` is one. */
export interface MidiInput extends MidiPort {
	/** Assigning it opens the port. */
	onmidimessage: ((message: PortMessage) => void) | null;
}

/** A port that sends. `MIDIOutput` is one. */
export interface MidiOutput extends MidiPort {
	/** @param timestamp - when to send it, in milliseconds on the page's clock; at once by default */
	send(data: number[], timestamp?: number): void;
}

/** What the instrument needs of Web MIDI. `MIDIAccess` is one. */
export interface MidiAccess {
	readonly inputs: { values(): Iterable<MidiInput> };
	readonly outputs: { values(): Iterable<MidiOutput> };
	addEventListener(type: "statechange", listener: () => void): void;
}
