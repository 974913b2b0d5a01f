import { expect, test } from "vitest";
import { FakeMidi } from "./fake-midi.ts";
import { MidiConnection } from "./midi-connection.ts";
import { MidiPorts } from "./midi-ports.ts";

/** What a browser throws. */
function refusal(name: string): Error {
	return Object.assign(new Error("Permission denied"), { name });
}

test("a browser without Web MIDI says so and what to use, and connecting does nothing", async () => {
	const connection = new MidiConnection(new MidiPorts(), { isGranted: () => Promise.resolve(false), request: null });
	await connection.connect();
	await connection.connectIfGranted();
	expect(connection.status.state).toBe("missing");
	expect(connection.status.text).toMatch(/^This browser has no Web MIDI\. .*Chrome, Edge or Firefox/);
});

test("connecting finds the devices", async () => {
	const midi = new FakeMidi();
	midi.plug("Keys");
	const ports = new MidiPorts();
	const connection = new MidiConnection(ports, {
		isGranted: () => Promise.resolve(false),
		request: () => Promise.resolve(midi),
	});
	const states: string[] = [];
	connection.changes.add(({ state }) => states.push(state));
	await connection.connect();
	expect([states, ports.inputs]).toEqual([["asking", "open"], ["Keys"]]);
});

test.each([
	[true, "open"],
	[false, "off"],
])("a page whose permission is %s is %s after its start", async (isGranted, state) => {
	const connection = new MidiConnection(new MidiPorts(), {
		isGranted: () => Promise.resolve(isGranted),
		request: () => Promise.resolve(new FakeMidi()),
	});
	await connection.connectIfGranted();
	expect(connection.status.state).toBe(state);
});

test.each([
	["NotAllowedError", /^The browser refused MIDI\. Allow MIDI devices for this page/],
	["SecurityError", /^The browser refused MIDI\./],
	["InvalidStateError", /^MIDI did not start: Permission denied\./],
])("%s is said, and connecting can be tried again", async (name, text) => {
	let attempts = 0;
	const connection = new MidiConnection(new MidiPorts(), {
		isGranted: () => Promise.resolve(false),
		request: () => (attempts++ === 0 ? Promise.reject(refusal(name)) : Promise.resolve(new FakeMidi())),
	});
	await connection.connect();
	expect(connection.status).toEqual({ state: "failed", text: expect.stringMatching(text) });
	await connection.connect();
	expect(connection.status.state).toBe("open");
});
