import { controllerCodings } from "../midi/controller-value.ts";
import { lightProfileNames } from "../midi/light-profiles.ts";
import { type Control, controlName } from "./control.ts";
import { Field, MappingFileError } from "./field.ts";
import { keyRefusal } from "./key-rules.ts";
import { type Binding, type MappingDocument, mostBindings, mostDevices } from "./mapping-document.ts";
import { parseTarget } from "./parse-target.ts";
import { formatTarget, isValueTarget, type Target } from "./targets.ts";

const format = "flitzis-looper-mapping";
const version = 1;
/** Longer files are refused before they are read. */
const mostCharacters = 2 ** 21;
const mostNameCharacters = 200;
const mostCodeCharacters = 40;
const mostTargetCharacters = 80;
/** Controllers above are channel modes. */
const highestController = 119;

/** Writes a mapping as a file. */
export function formatMapping({ bindings, ...rest }: MappingDocument): string {
	const written = bindings.map(({ control, target }) => ({ control, target: formatTarget(target) }));
	return `${JSON.stringify({ format, version, ...rest, bindings: written }, null, "\t")}\n`;
}

/** Reads a mapping file and checks every field of it. @throws MappingFileError, naming the place and what must be there */
export function parseMapping(text: string): MappingDocument {
	const file = new Field("", parseJson(text));
	file.field("format").oneOf([format]);
	file.field("version").integer(version, version);
	const bindings = file.field("bindings").list(mostBindings, parseBinding);
	checkDistinct(
		bindings.map(({ control }) => controlName(control)),
		"bindings",
		"have the same control",
	);
	const lights = file.field("lights").list(mostDevices, (light) => ({
		device: parseDevice(light.field("device")),
		profile: light.field("profile").oneOf(lightProfileNames),
	}));
	checkDistinct(
		lights.map(({ device }) => device),
		"lights",
		"are of the same device",
	);
	const clockOutputs = file.field("clockOutputs").list(mostDevices, parseDevice);
	checkDistinct(clockOutputs, "clockOutputs", "are the same device");
	return {
		bindings,
		hasPickup: file.field("hasPickup").boolean(),
		lights,
		clockInput: file.field("clockInput").nullable(parseDevice),
		clockOutputs,
	};
}

function parseJson(text: string): unknown {
	if (text.length > mostCharacters) throw new MappingFileError("The file is too long for a mapping.");
	try {
		return JSON.parse(text);
	} catch (cause) {
		throw new MappingFileError("The file is no JSON, so it is no mapping.", { cause });
	}
}

function parseBinding(binding: Field): Binding {
	const control = parseControl(binding.field("control"));
	const target = parseTargetField(binding.field("target"));
	if (isValueTarget(target) && control.type !== "controller") {
		return binding.field("target").refuse("a value needs a controller, not a key or a note");
	}
	return { control, target };
}

function parseTargetField(field: Field): Target {
	const target = parseTarget(field.text(mostTargetCharacters));
	return typeof target === "string" ? field.refuse(target) : target;
}

function parseControl(control: Field): Control {
	const type = control.field("type").oneOf(["key", "note", "controller"]);
	if (type === "key") {
		const code = control.field("code").text(mostCodeCharacters);
		const alt = control.field("alt").boolean();
		const refusal = keyRefusal(code, alt);
		if (refusal !== null) return control.field("code").refuse(refusal);
		return { type, code, shift: control.field("shift").boolean(), alt };
	}
	const device = control.field("device").nullable(parseDevice);
	const channel = control.field("channel").integer(1, 16);
	if (type === "note") return { type, device, channel, note: control.field("note").integer(0, 127) };
	const controller = control.field("controller").integer(0, highestController);
	const coding = control.field("coding").oneOf(controllerCodings);
	if (coding === "absolute-14" && controller > 31) {
		return control.field("controller").refuse("a controller of 14 bits has a number from 0 to 31");
	}
	return { type, device, channel, controller, coding };
}

function parseDevice(field: Field): string {
	return field.text(mostNameCharacters);
}

function checkDistinct(names: readonly string[], list: string, claim: string): void {
	const places = new Map<string, number>();
	for (const [place, name] of names.entries()) {
		const first = places.get(name);
		if (first !== undefined) throw new MappingFileError(`${list}[${first}] and ${list}[${place}] ${claim}.`);
		places.set(name, place);
	}
}
