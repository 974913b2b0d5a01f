import type { PadSettings } from "../instrument/pad-state.ts";
import { controlName } from "./control.ts";
import { type MappingActions, padOf } from "./mapping-actions.ts";
import type { Binding } from "./mapping-document.ts";
import { type PadParameterName, padParameters, type SharedParameterName, sharedScales } from "./parameters.ts";
import { Pickup } from "./pickup.ts";
import type { Target } from "./targets.ts";
import type { ValueScale } from "./value-scale.ts";

/** A knob that rests this long ends its movement, which undo takes back as one. */
const restMilliseconds = 1000;

/** A value as a knob sees it. */
interface KnobValue {
	readonly scale: ValueScale;
	readonly value: number;
	/** @returns the value afterwards */
	write(value: number): number;
}

/** A pad's settings when a movement began, and what it has made of them. */
interface PadEdit {
	readonly pad: number;
	readonly before: PadSettings;
	readonly after: PadSettings;
}

/** A knob's movement. */
interface Movement {
	readonly pickup: Pickup;
	gesture: string;
	latestMs: number;
	count: number;
	/** Null until it has set something of a pad. */
	edit: PadEdit | null;
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
		const movement = this.#movementOf(binding, timeMs);
		const knob = this.#knobValue(binding.target, movement);
		if (knob === null) return;
		const { scale, value } = knob;
		if (!movement.pickup.takes(position, value, scale.positionOf(value)) && this.#hasPickup) return;
		movement.pickup.hold(knob.write(scale.valueAt(position)));
	}

	/** Moves a value by steps of an endless knob. @param steps - positive is up */
	step(binding: Binding, steps: number, timeMs: number): void {
		if (steps === 0) return;
		const knob = this.#knobValue(binding.target, this.#movementOf(binding, timeMs));
		if (knob === null) return;
		const { scale, value } = knob;
		const position = scale.positionOf(value) + steps / scale.steps;
		knob.write(scale.valueAt(Math.min(1, Math.max(0, position))));
	}

	#movementOf({ control }: Binding, timeMs: number): Movement {
		const name = controlName(control);
		const known = this.#movements.get(name);
		const movement = known ?? { pickup: new Pickup(), gesture: "", latestMs: timeMs, count: 0, edit: null };
		this.#movements.set(name, movement);
		if (timeMs - movement.latestMs > restMilliseconds) {
			movement.count++;
			movement.edit = null;
		}
		movement.latestMs = timeMs;
		movement.gesture = `${name}, movement ${movement.count}`;
		return movement;
	}

	/** The value that is meant now; null when there is none. */
	#knobValue(target: Target, movement: Movement): KnobValue | null {
		if (target.type === "set") return this.#sharedValue(target.parameter, movement);
		if (target.type !== "set-pad") return null;
		const pad = padOf(target.pad, this.#actions);
		return pad === null ? null : this.#padValue(pad, target.parameter, movement);
	}

	#sharedValue(parameter: SharedParameterName, { gesture }: Movement): KnobValue | null {
		const accessor = this.#actions.values[parameter];
		if (accessor === undefined) return null;
		return {
			scale: sharedScales[parameter],
			value: accessor.read(),
			write(value) {
				accessor.write(value, gesture);
				return accessor.read();
			},
		};
	}

	#padValue(pad: number, parameter: PadParameterName, movement: Movement): KnobValue | null {
		const actions = this.#actions;
		const knob = padParameters[parameter](actions.recordingOf(pad));
		if (knob === null) return null;
		return {
			scale: knob.scale,
			value: knob.read(actions.padSettings(pad)),
			write(value) {
				const { edit, gesture } = movement;
				const now = actions.padSettings(pad);
				// Something else may have changed the pad meanwhile.
				const before = edit !== null && edit.pad === pad && edit.after === now ? edit.before : now;
				actions.setPad(pad, knob.write(value, before), gesture);
				const after = actions.padSettings(pad);
				movement.edit = { pad, before, after };
				return knob.read(after);
			},
		};
	}
}
