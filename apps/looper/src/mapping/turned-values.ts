import { controlName } from "./control.ts";
import type { MappingActions } from "./mapping-actions.ts";
import type { Binding } from "./mapping-document.ts";
import { padParameters, sharedParameters } from "./parameters.ts";
import { Pickup } from "./pickup.ts";
import { padOf } from "./pressed-targets.ts";
import type { Target } from "./targets.ts";
import type { ValueScale } from "./value-scale.ts";

/** A knob that rests this long ends its movement, which undo takes back as one. */
const restMilliseconds = 1000;

/** A value as a knob sees it. */
interface KnobValue {
	readonly scale: ValueScale;
	readonly value: number;
	/** @returns the value afterwards */
	write(value: number, gesture: string): number;
}

/** A knob's movement. */
interface Movement {
	readonly pickup: Pickup;
	latestMs: number;
	count: number;
}

/** Moves values with knobs and faders. */
export class TurnedValues {
	readonly #actions: MappingActions;
	readonly #movements = new Map<string, Movement>();
	#hasPickup = true;

	constructor(actions: MappingActions) {
		this.#actions = actions;
	}

	/** Forgets where all knobs are. */
	reset(hasPickup: boolean): void {
		this.#movements.clear();
		this.#hasPickup = hasPickup;
	}

	/** Moves a value to where the knob is. @param position - 0..1 */
	moveTo(binding: Binding, position: number, timeMs: number): void {
		const knob = knobValueOf(binding.target, this.#actions);
		if (knob === null) return;
		const { pickup, gesture } = this.#move(binding, timeMs);
		const { scale, value } = knob;
		if (!pickup.takes(position, value, scale.positionOf(value)) && this.#hasPickup) return;
		pickup.hold(knob.write(scale.valueAt(position), gesture));
	}

	/** Moves a value by steps of an endless knob. @param steps - positive is up */
	step(binding: Binding, steps: number, timeMs: number): void {
		const knob = knobValueOf(binding.target, this.#actions);
		if (knob === null || steps === 0) return;
		const { gesture } = this.#move(binding, timeMs);
		const { scale, value } = knob;
		const position = scale.positionOf(value) + steps / scale.steps;
		knob.write(scale.valueAt(Math.min(1, Math.max(0, position))), gesture);
	}

	#move({ control }: Binding, timeMs: number): { readonly pickup: Pickup; readonly gesture: string } {
		const name = controlName(control);
		let movement = this.#movements.get(name);
		if (movement === undefined) {
			movement = { pickup: new Pickup(), latestMs: timeMs, count: 0 };
			this.#movements.set(name, movement);
		}
		if (timeMs - movement.latestMs > restMilliseconds) movement.count++;
		movement.latestMs = timeMs;
		return { pickup: movement.pickup, gesture: `${name}, movement ${movement.count}` };
	}
}

/** The value that is meant now; null when there is none. */
function knobValueOf(target: Target, actions: MappingActions): KnobValue | null {
	if (target.type === "set") {
		const accessor = actions.values[target.parameter];
		if (accessor === undefined) return null;
		return {
			scale: sharedParameters[target.parameter].scale,
			value: accessor.read(),
			write(value, gesture) {
				accessor.write(value, gesture);
				return accessor.read();
			},
		};
	}
	if (target.type !== "set-pad") return null;
	const pad = padOf(target.pad, actions);
	if (pad === null) return null;
	const { scale, read, write } = padParameters[target.parameter];
	return {
		scale,
		value: read(actions.padSettings(pad)),
		write(value, gesture) {
			actions.setPad(pad, write(value, actions.padSettings(pad)), gesture);
			return read(actions.padSettings(pad));
		},
	};
}
