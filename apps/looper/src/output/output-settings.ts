/** What the performer has chosen for the output, kept for the next start. */
export interface OutputSettings {
	/** The device; "" is the platform's default. */
	readonly device: string;
	/** Its name, for notices; "" for the default. */
	readonly deviceName: string;
	/** Whether the cue bus is wanted on outputs 3 and 4. */
	readonly hasCue: boolean;
}

/** The default device, without a cue. */
export const defaultOutput: OutputSettings = { device: "", deviceName: "", hasCue: false };

/** Reads stored settings; whatever is damaged has its default. */
export function parseOutputSettings(text: string | null): OutputSettings {
	const stored = parse(text);
	const device = textIn(stored, "device");
	return {
		device,
		deviceName: device === "" ? "" : textIn(stored, "deviceName"),
		hasCue: Reflect.get(stored, "hasCue") === true,
	};
}

function parse(text: string | null): object {
	try {
		const value: unknown = JSON.parse(text ?? "{}");
		return typeof value === "object" && value !== null ? value : {};
	} catch {
		return {};
	}
}

function textIn(stored: object, name: string): string {
	const value: unknown = Reflect.get(stored, name);
	return typeof value === "string" ? value : "";
}
