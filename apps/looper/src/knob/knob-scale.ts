/** The values of a control: their ends and steps, how they lie on it, and how they are written. */
export interface KnobScale {
	readonly lowest: number;
	readonly highest: number;
	/** Where a double click leads. */
	readonly initial: number;
	/** What an arrow key or a notch of the wheel changes. */
	readonly step: number;
	/** The same with Shift. */
	readonly fineStep: number;
	/** How far a pointer is dragged over the whole scale, in CSS pixels. */
	readonly travel: number;
	/** The value at which the arc begins. */
	readonly origin: number;
	/** The place of a value, 0..1. */
	readonly shareOf: (value: number) => number;
	readonly valueAt: (share: number) => number;
	readonly format: (value: number) => string;
	/** The value that a text says; null when it says none. It may lie beyond the ends. */
	readonly parse: (text: string) => number | null;
	/** What can be typed, where the texts of the ends do not say it. */
	readonly range?: string;
	/** Whether −∞, which is silence, can be typed, too. */
	readonly hasSilence?: boolean;
}

type ScaleOptions = Pick<KnobScale, "lowest" | "highest" | "initial" | "step" | "fineStep" | "format"> &
	Partial<Pick<KnobScale, "travel" | "origin" | "parse" | "range" | "hasSilence">> & {
		/** What may follow a typed number, as a regular expression; `parse` knows better. */
		readonly unit?: string;
	};

const usualTravel = 160;
/** What Shift divides a drag by. */
const fineness = 10;
/** Steps of Page Up and Page Down. */
const pageSteps = 10;

/** A scale whose values lie evenly. */
export function linearScale(options: ScaleOptions): KnobScale {
	const { lowest, highest } = options;
	return {
		travel: usualTravel,
		origin: options.initial,
		parse: (text) => parseNumber(text, options.unit),
		...options,
		shareOf: (value) => clamp((value - lowest) / (highest - lowest), 0, 1),
		valueAt: (share) => lowest + share * (highest - lowest),
	};
}

/** A scale on which a doubling is everywhere as far. @param options - `lowest` above 0 */
export function ratioScale(options: ScaleOptions): KnobScale {
	const { lowest, highest } = options;
	const range = Math.log(highest / lowest);
	return {
		travel: usualTravel,
		origin: options.initial,
		parse: (text) => parseNumber(text, options.unit),
		...options,
		shareOf: (value) => clamp(Math.log(Math.max(lowest, value) / lowest) / range, 0, 1),
		valueAt: (share) => lowest * Math.exp(share * range),
	};
}

/** The value so many steps on, on a whole step where it was none. */
export function stepped(scale: KnobScale, value: number, steps: number, isFine: boolean): number {
	const step = isFine ? scale.fineStep : scale.step;
	return heldWithin(scale, rounded(Math.max(scale.lowest, value) + steps * step, step));
}

/** The share after a drag by so many pixels upwards; not rounded, so that a slow drag adds up. */
export function draggedShare(scale: KnobScale, share: number, pixels: number, isFine: boolean): number {
	return clamp(share + pixels / (scale.travel * (isFine ? fineness : 1)), 0, 1);
}

/** The value at a share, on a fine step. */
export function valueAtShare(scale: KnobScale, share: number): number {
	return heldWithin(scale, rounded(scale.valueAt(share), scale.fineStep));
}

/** The value within the scale's ends. */
export function heldWithin({ lowest, highest }: KnobScale, value: number): number {
	return clamp(value, lowest, highest);
}

/** The value that a key leads to, as in `KeyboardEvent.code`; null for keys that change none. */
export function valueAfterKey(scale: KnobScale, value: number, code: string, isFine: boolean): number | null {
	switch (code) {
		case "ArrowUp":
		case "ArrowRight":
			return stepped(scale, value, 1, isFine);
		case "ArrowDown":
		case "ArrowLeft":
			return stepped(scale, value, -1, isFine);
		case "PageUp":
			return stepped(scale, value, pageSteps, isFine);
		case "PageDown":
			return stepped(scale, value, -pageSteps, isFine);
		case "Home":
			return scale.lowest;
		case "End":
			return scale.highest;
		case "Backspace":
		case "Delete":
			return scale.initial;
		default:
			return null;
	}
}

/**
 * The number that a text is: with a comma or a point, either minus, an exponent, or as a fraction such as "1/4"; −∞ for silence.
 *
 * @param unit - what may follow it, as a regular expression
 * @returns null for anything else
 */
export function parseNumber(text: string, unit = ""): number | null {
	const plain = text.trim().replaceAll("−", "-").replace(",", ".");
	const number = plain.replace(new RegExp(`\\s*(?:${unit})$`, "iu"), "");
	const [, over, under] = /^([+-]?\d+)\s*\/\s*(\d+)$/u.exec(number) ?? [];
	if (under !== undefined) return Number(under) === 0 ? null : Number(over) / Number(under);
	if (/^-(?:inf|infinity|∞)$/iu.test(number)) return Number.NEGATIVE_INFINITY;
	return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu.test(number) ? Number(number) : null;
}

/** Written so that 3 · 0.1 is 0.3. */
function rounded(value: number, step: number): number {
	return Number((Math.round(value / step) * step).toFixed(6));
}

function clamp(value: number, lowest: number, highest: number): number {
	return Math.min(highest, Math.max(lowest, value));
}
