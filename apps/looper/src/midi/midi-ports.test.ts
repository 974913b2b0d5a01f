import { expect, test } from "vitest";
import { FakeMidi } from "./fake-midi.ts";
import { MidiPorts, type ReceivedMessage } from "./midi-ports.ts";

/** Ports on fake MIDI, and everything they have received. */
function attached(): { midi: FakeMidi; ports: MidiPorts; received: ReceivedMessage[]; lost: string[] } {
	const midi = new FakeMidi();
	const ports = new MidiPorts();
	const received: ReceivedMessage[] = [];
	const lost: string[] = [];
	ports.received.add((message) => received.push(message));
	ports.lost.add((device) => lost.push(device));
	ports.attach(midi);
	return { midi, ports, received, lost };
}

test("a message arrives within the call that delivers it, with its device and time", () => {
	const { midi, received } = attached();
	midi.plug("Keys").deliver([0x90, 60, 127], 12.5);
	expect(received).toEqual([
		{ device: "Keys", message: { type: "note-on", channel: 1, note: 60, velocity: 1 }, timeMs: 12.5 },
	]);
});

test("devices that are there before the ports are attached are heard, too", () => {
	const midi = new FakeMidi();
	const port = midi.plug("Keys");
	const ports = new MidiPorts();
	ports.attach(midi);
	const devices: string[] = [];
	ports.received.add(({ device }) => devices.push(device));
	port.deliver([0xf8]);
	expect([ports.inputs, ports.outputs, devices]).toEqual([["Keys"], ["Keys"], ["Keys"]]);
});

test("two devices of one make have two names, and keep them when the first is pulled out", () => {
	const { midi, ports, received, lost } = attached();
	const first = midi.plug("nanoPAD", "a");
	const second = midi.plug("nanoPAD", "b");
	expect(ports.inputs).toEqual(["nanoPAD", "nanoPAD 2"]);
	midi.unplug(first);
	expect([ports.inputs, lost]).toEqual([["nanoPAD 2"], ["nanoPAD"]]);
	second.deliver([0x90, 1, 1]);
	midi.replug(first);
	first.deliver([0x90, 2, 1]);
	expect(received.map(({ device }) => device)).toEqual(["nanoPAD 2", "nanoPAD"]);
});

test("a device that returns beside its twin, which has its name, takes nothing from that", () => {
	const { midi, ports, received } = attached();
	const first = midi.plug("nanoPAD", "a");
	midi.unplug(first);
	const second = midi.plug("nanoPAD", "b");
	expect(ports.inputs).toEqual(["nanoPAD"]);
	midi.replug(first);
	second.deliver([0x90, 1, 1]);
	first.deliver([0x90, 2, 1]);
	expect(received.map(({ device }) => device)).toEqual(["nanoPAD", "nanoPAD 2"]);
});

test("a device that is pulled out is heard and sent to no more, until it is back", () => {
	const { midi, ports, received } = attached();
	const port = midi.plug("Keys");
	midi.unplug(port);
	port.deliver([0x90, 60, 127]);
	ports.send("Keys", [0x90, 60, 127]);
	expect([received, port.sent]).toEqual([[], []]);
	midi.replug(port);
	ports.send("Keys", [0x90, 60, 1], 5);
	expect(port.sent).toEqual([{ data: [0x90, 60, 1], timeMs: 5 }]);
});

test("sending to a device whose removal is not known yet is no error", () => {
	const { midi, ports } = attached();
	const port = midi.plug("Keys");
	port.state = "disconnected";
	ports.send("Keys", [0xf8]);
	expect(port.sent).toEqual([]);
});
