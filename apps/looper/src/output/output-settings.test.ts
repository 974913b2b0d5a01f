import { expect, test } from "vitest";
import { defaultOutput, parseOutputSettings } from "./output-settings.ts";

test("what was chosen is read as it was stored", () => {
	const settings = { device: "abc", deviceName: "Mixer", hasCue: true };
	expect(parseOutputSettings(JSON.stringify(settings))).toEqual(settings);
});

test.each([null, "", "{", "null", "[]", "5", '{"device":5,"deviceName":[],"hasCue":"yes"}'])(
	"%s leaves the default output",
	(text) => {
		expect(parseOutputSettings(text)).toEqual(defaultOutput);
	},
);

test("a name without a device names nothing", () => {
	expect(parseOutputSettings('{"deviceName":"Mixer","hasCue":true}')).toEqual({ ...defaultOutput, hasCue: true });
});
