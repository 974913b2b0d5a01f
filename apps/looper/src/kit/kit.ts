/** One sound of a kit. */
interface KitPad {
	/** File name, relative to the kit's own file. */
	readonly file: string;
	readonly title: string;
	/** Whether it plays until pressed again. */
	readonly loop: boolean;
	/** Colour of the sound's family as "#rrggbb"; null for none. */
	readonly color: string | null;
}

/** Sounds in the order of the pads. */
export interface Kit {
	readonly name: string;
	readonly pads: readonly KitPad[];
}

/**
 * Parses the content of a `kit.json`.
 *
 * @throws TypeError that names what is missing
 */
export function parseKit(content: unknown): Kit {
	const { name, pads } = isRecord(content) ? content : {};
	if (typeof name !== "string") throw new TypeError('The kit has no name. Set "name" in kit.json.');
	if (!Array.isArray(pads)) throw new TypeError('The kit has no list of pads. Set "pads" in kit.json.');
	return { name, pads: pads.map(parseKitPad) };
}

function parseKitPad(pad: unknown, index: number): KitPad {
	if (!isRecord(pad)) throw new TypeError(`Pad ${index} of the kit is not an object. Replace it in kit.json.`);
	const { file, title, loop, color } = pad;
	if (typeof file !== "string" || typeof title !== "string") {
		throw new TypeError(`Pad ${index} of the kit has no file or no title. Set both in kit.json.`);
	}
	const isColor = typeof color === "string" && /^#[0-9a-f]{6}$/iu.test(color);
	return { file, title, loop: loop === true, color: isColor ? color : null };
}

function isRecord(value: unknown): value is Partial<Record<string, unknown>> {
	return typeof value === "object" && value !== null;
}
