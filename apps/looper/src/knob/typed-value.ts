import { heldWithin, type KnobScale } from "./knob-scale.ts";

/** What a typed text sets. */
export interface TypedValue {
	/** Null when the value stays. */
	readonly value: number | null;
	/** What the performer is told about it; null when the text was taken as it is. */
	readonly problem: string | null;
}

/**
 * Reads what was typed into the field of a control.
 *
 * @param label - what the control is called
 * @param value - what it has; the text that shows it changes nothing, nor does an empty one
 */
export function readTyped(text: string, { label, scale, value }: TypedInto): TypedValue {
	const typed = text.trim();
	if (typed === "" || typed === scale.format(value)) return { value: null, problem: null };
	const wanted = scale.parse(typed);
	if (wanted === null) return { value: null, problem: `${label} cannot be “${typed}”. Type ${rangeOf(scale)}.` };
	const isSilence = wanted === Number.NEGATIVE_INFINITY && scale.hasSilence === true;
	const held = isSilence ? wanted : heldWithin(scale, wanted);
	if (held === wanted) return { value: held, problem: null };
	const [end, direction] = wanted > held ? [scale.highest, "up"] : [scale.lowest, "down"];
	const problem = `${label} goes ${direction} to ${scale.format(end)}, so “${typed}” became that.`;
	return { value: held, problem };
}

/** The control whose value is typed. */
interface TypedInto {
	readonly label: string;
	readonly scale: KnobScale;
	readonly value: number;
}

function rangeOf({ lowest, highest, format, range, hasSilence }: KnobScale): string {
	return range ?? `${format(lowest)} to ${format(highest)}${hasSilence === true ? ", or −∞ for silence" : ""}`;
}
