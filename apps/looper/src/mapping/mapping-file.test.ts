import * as fc from "fast-check";
import { expect, test } from "vitest";
import { controllerCodings } from "../midi/controller-value.ts";
import { lightProfileNames } from "../midi/light-profiles.ts";
import { type Control, controlName } from "./control.ts";
import { MappingFileError } from "./field.ts";
import { type Binding, defaultMapping, type MappingDocument } from "./mapping-document.ts";
import { formatMapping, parseMapping } from "./mapping-file.ts";
import { parseTarget } from "./parse-target.ts";
import type { Target } from "./targets.ts";

const device = fc.option(fc.string({ minLength: 1, maxLength: 20 }), { nil: null });
const channel = fc.integer({ min: 1, max: 16 });
const controllers = fc.record({
	type: fc.constant("controller" as const),
	device,
	channel,
	controller: fc.integer({ min: 0, max: 31 }),
	coding: fc.constantFrom(...controllerCodings),
});
const pressed: fc.Arbitrary<Control> = fc.oneof(
	fc.record({
		type: fc.constant("key" as const),
		code: fc.constantFrom("KeyQ", "Slash", "F3"),
		shift: fc.boolean(),
		alt: fc.boolean(),
	}),
	fc.record({ type: fc.constant("note" as const), device, channel, note: fc.integer({ min: 0, max: 127 }) }),
	controllers,
);

function target(...texts: readonly string[]): fc.Arbitrary<Target> {
	return fc.constantFrom(...texts.map((text) => parseTarget(text) as Target));
}

const binding: fc.Arbitrary<Binding> = fc.oneof(
	fc.record({
		control: pressed,
		target: target("press place 3", "stop pad 256", "roll 1/8 selected", "bank C", "stop-all"),
	}),
	fc.record({ control: controllers, target: target("set pan selected", "set master.gainDecibels") }),
);
const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 20 }), { maxLength: 4 });
const documents: fc.Arbitrary<MappingDocument> = fc.record({
	bindings: fc.uniqueArray(binding, { maxLength: 20, selector: ({ control }) => controlName(control) }),
	hasPickup: fc.boolean(),
	lights: names.map((devices) =>
		devices.map((name) => ({ device: name, profile: lightProfileNames[name.length % 3]! })),
	),
	clockInput: device,
	clockOutputs: names,
});

/** The default mapping as a file, with fields changed; undefined leaves a field out. */
function changed(fields: Readonly<Record<string, unknown>>): string {
	return JSON.stringify({ ...JSON.parse(formatMapping(defaultMapping)), ...fields });
}

/** A file whose only binding is this one. */
function withOnly(control: unknown, text: unknown = "press place 1"): string {
	return changed({ bindings: [{ control, target: text }] });
}

test("what is written is read again", () => {
	fc.assert(
		fc.property(documents, (document) => {
			expect(parseMapping(formatMapping(document))).toEqual(document);
		}),
	);
});

const key = { type: "key", code: "KeyQ", shift: false, alt: false };
const note = { type: "note", device: null, channel: 10, note: 36 };
const knob = { type: "controller", device: "Knobs", channel: 1, controller: 7, coding: "absolute" };

const refused: readonly (readonly [text: string, reason: string])[] = [
	["{", "The file is no JSON, so it is no mapping."],
	["[]", "The file is []: it must be an object."],
	[changed({ format: "other" }), `format is "other": it must be one of flitzis-looper-mapping.`],
	[changed({ version: 2 }), "version is 2: it must be a whole number from 1 to 1."],
	[changed({ hasPickup: undefined }), "hasPickup is missing: it must be true or false."],
	[changed({ clockInput: "" }), `clockInput is "": it must be a text of 1 to 200 characters.`],
	[changed({ clockOutputs: ["a", "b", "a"] }), "clockOutputs[0] and clockOutputs[2] are the same device."],
	[changed({ bindings: {} }), "bindings is {}: it must be a list."],
	[withOnly({ ...note, note: 128 }), "bindings[0].control.note is 128: it must be a whole number from 0 to 127."],
	[withOnly({ ...note, channel: 0 }), "bindings[0].control.channel is 0: it must be a whole number from 1 to 16."],
	[
		withOnly({ ...knob, controller: 120 }),
		"bindings[0].control.controller is 120: it must be a whole number from 0 to 119.",
	],
	[
		withOnly({ ...knob, controller: 40, coding: "absolute-14" }),
		"bindings[0].control.controller is 40: a controller of 14 bits has a number from 0 to 31.",
	],
	[
		withOnly({ ...key, code: "Escape" }),
		`bindings[0].control.code is "Escape": the key cannot be mapped, it always stops everything.`,
	],
	[withOnly(key, "press place 33"), `bindings[0].target is "press place 33": the number of the place must be 1 to 32.`],
	[
		withOnly(key, "set pan selected"),
		`bindings[0].target is "set pan selected": a value needs a controller, not a key or a note.`,
	],
];

test.each(refused.map(([text, reason]) => [reason, text]))("refused: %s", (reason, text) => {
	expect(() => parseMapping(text)).toThrow(new MappingFileError(reason));
});

test("a control that two bindings have is refused, and both are named", () => {
	const file = changed({
		bindings: [
			{ control: knob, target: "set pan selected" },
			{ control: note, target: "press place 1" },
			{ control: { ...knob, coding: "offset" }, target: "set speed selected" },
		],
	});
	expect(() => parseMapping(file)).toThrow("bindings[0] and bindings[2] have the same control.");
});

test("a file of any other shape is refused with a reason, and nothing else is thrown", () => {
	const whole = JSON.parse(formatMapping(defaultMapping)) as Record<string, unknown>;
	fc.assert(
		fc.property(fc.constantFrom(...Object.keys(whole)), fc.jsonValue(), (name, value) => {
			try {
				parseMapping(JSON.stringify({ ...whole, [name]: value }));
			} catch (error) {
				expect(error).toBeInstanceOf(MappingFileError);
			}
		}),
		{ numRuns: 1000 },
	);
});
