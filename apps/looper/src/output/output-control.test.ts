import { expect, test } from "vitest";
import { Notices } from "../instrument/notices.ts";
import { OutputControl, type OutputDevice } from "./output-control.ts";
import { defaultOutput, type OutputSettings } from "./output-settings.ts";

const mixer: OutputDevice = { id: "mixer", name: "USB mixer" };
const system: OutputDevice = { id: "default", name: "Default" };

/** A control over a machine whose devices come and go. */
function machine(settings: OutputSettings = defaultOutput) {
	const state = {
		devices: [system, mixer] as readonly OutputDevice[],
		outputs: 2,
		device: "",
		hasCueOutput: false,
		isAllowed: true,
		stored: [] as OutputSettings[],
		/** Milliseconds that the next moves take. */
		delays: [] as number[],
	};
	const notices = new Notices();
	const told: string[] = [];
	notices.added.add(({ text }) => told.push(text));
	const control = new OutputControl(
		{
			get outputDevice() {
				return state.device;
			},
			get hasCueOutput() {
				return state.hasCueOutput;
			},
			setOutputDevice: async (id) => {
				const delay = state.delays.shift() ?? 0;
				if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
				const isThere = id === "" || state.devices.some((device) => device.id === id);
				if (!isThere) throw new Error("It is not there.");
				state.device = id;
			},
		},
		settings,
		{
			notices,
			platform: {
				canChoose: true,
				listDevices: () => Promise.resolve(state.devices),
				askForDevices: () => (state.isAllowed ? Promise.resolve() : Promise.reject(new Error("denied"))),
				outputCount: () => state.outputs,
				store: (stored) => state.stored.push(stored),
			},
		},
	);
	return { control, state, told };
}

test("a chosen device plays, is named and is kept for the next start", async () => {
	const { control, state, told } = machine();
	await control.begin();
	expect([control.deviceName, control.devices]).toEqual(["Default", [mixer]]);
	await control.choose("mixer");
	expect([state.device, control.deviceName]).toEqual(["mixer", "USB mixer"]);
	expect(state.stored).toEqual([{ device: "mixer", deviceName: "USB mixer", hasCue: false }]);
	await control.choose("");
	expect([state.device, state.stored.at(-1), told]).toEqual(["", defaultOutput, []]);
});

test("the later of two choices in quick succession plays, however long the first takes", async () => {
	const { control, state } = machine();
	await control.begin();
	state.delays = [5, 0];
	await Promise.all([control.choose("mixer"), control.choose("")]);
	expect([state.device, state.stored.at(-1)]).toEqual(["", defaultOutput]);
});

test("a device that cannot be played on is told, and the sound stays", async () => {
	const { control, state, told } = machine();
	await control.begin();
	state.devices = [system];
	await control.choose("mixer");
	expect([state.device, state.stored, told]).toEqual(["", [], []]);
	expect(control.problem).toBe("The sound stays where it was. It is not there.");
	await control.choose("");
	expect(control.problem).toBeNull();
});

test("when the device goes, the default plays and the performer is told; the choice is kept for the next start", async () => {
	const { control, state, told } = machine();
	await control.begin();
	await control.choose("mixer");
	state.devices = [system];
	await Promise.all([control.refresh(), control.leaveDevice()]);
	expect([state.device, state.stored.length]).toEqual(["", 1]);
	expect(told).toEqual([
		"“USB mixer” was disconnected. The default output plays. Connect the other one and choose it in Output.",
	]);
	await control.leaveDevice();
	expect(told.length).toBe(1);
});

test("a device that is not there at the start is told by its name", async () => {
	const { control, told } = machine({ device: "mixer", deviceName: "USB mixer", hasCue: false });
	await control.begin();
	expect(told).toEqual([
		"“USB mixer” is not connected. The default output plays. Connect the other one and choose it in Output.",
	]);
});

test("while the platform keeps its devices secret none has gone, and a refusal says what to do", async () => {
	const { control, state, told } = machine();
	await control.begin();
	await control.choose("mixer");
	state.devices = [{ id: "", name: "" }];
	await control.refresh();
	expect([control.hidesDevices, state.device, told]).toEqual([true, "mixer", []]);
	state.isAllowed = false;
	await control.askForDevices();
	expect(control.problem).toMatch(/^The browser does not tell .* Allow the microphone/u);
});

test("the cue says what has become of it", () => {
	const off = machine();
	expect(off.control.cueText).toBeNull();
	off.control.setCue(true);
	expect(off.control.cueText).toBe("Takes effect when the instrument starts next.");
	expect(off.state.stored).toEqual([{ ...defaultOutput, hasCue: true }]);

	const on = machine({ ...defaultOutput, hasCue: true });
	expect(on.control.cueText).toBe("This device has no outputs 3 and 4, so the cue is not heard.");
	on.state.outputs = 4;
	expect(on.control.cueText).toBe("Takes effect when the instrument starts next.");
	on.state.hasCueOutput = true;
	expect(on.control.cueText).toBe("Pads with Cue on are heard on outputs 3 and 4.");
});
