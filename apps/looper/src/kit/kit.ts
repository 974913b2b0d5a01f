/** A sound of a kit. */
interface KitPad {
	/** The sound's file, beside the kit's own. */
	readonly file: string;
	readonly title: string;
	/** Plays until pressed again. */
	readonly loop: boolean;
	/** Of the sound's family, as "#rrggbb"; null where it has none. */
	readonly color: string | null;
}

/** Sounds for the pads, in pad order. */
export interface Kit {
	readonly name: string;
	readonly pads: readonly KitPad[];
}

/**
 * Reads the content of a `kit.json`.
 *
 * @throws TypeError naming what is missing
 */
export function parseKit(content: unknown): Kit {
	const { name, pads } = isRecord(content) ? content : {};
	if (typeof name !== "string") throw new TypeError("the kit has no name");
	if (!Array.isArray(pads)) throw new TypeError("the kit has no list of pads");
	return { name, pads: pads.map(parseKitPad) };
}

function parseKitPad(pad: unknown, index: number): KitPad {
	if (!isRecord(pad)) throw new TypeError(`pad ${index} of the kit is not an object`);
	const { file, title, loop, color } = pad;
	if (typeof file !== "string" || typeof title !== "string") {
		throw new TypeError(`pad ${index} of the kit lacks its file or its title`);
	}
	const isColor = typeof color === "string" && /^#[0-9a-f]{6}$/iu.test(color);
	return { file, title, loop: loop === true, color: isColor ? color : null };
}

function isRecord(value: unknown): value is Partial<Record<string, unknown>> {
	return typeof value === "object" && value !== null;
}
