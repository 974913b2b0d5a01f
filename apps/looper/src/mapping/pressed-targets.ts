import { type Gesture, isDeviceHolder } from "../input/gesture.ts";
import { type MappingActions, padOf } from "./mapping-actions.ts";
import type { PadReference } from "./pad-reference.ts";
import { padSwitches } from "./parameters.ts";
import { beatFactors, rollLengths, type Target } from "./targets.ts";

/** A press of a key, a note or a button. */
export interface TargetPress {
	/** 0..1 */
	readonly velocity: number;
	/** What is pressed, as `release` names it again. */
	readonly holder: string;
	/** When it came, in milliseconds on the page's clock. */
	readonly timeMs: number;
}

/** Does what is pressed, and ends what lasts while it is held. */
export class PressedTargets {
	readonly #actions: MappingActions;
	/** Pads that roll, by the key or note that holds the roll. */
	readonly #rolls = new Map<string, number>();
	/** Who holds a pad. */
	readonly #holders = new Set<string>();

	constructor(actions: MappingActions) {
		this.#actions = actions;
	}

	press(target: Target, press: TargetPress): void {
		const actions = this.#actions;
		switch (target.type) {
			case "stop-all":
				actions.perform({ type: "stop-all" });
				return;
			case "tap-tempo":
				actions.tapTempo?.(press.timeMs);
				return;
			case "start-stop":
				actions.startOrStop?.();
				return;
			case "record":
				actions.record?.();
				return;
			case "keep-last":
				actions.keepLast?.();
				return;
			case "bank":
				actions.showBank?.(target.bank);
				return;
			case "switch": {
				const accessor = actions.switches[target.parameter];
				accessor?.write(!accessor.read(), press.holder);
				return;
			}
			case "next":
				actions.chooseNextQuantum();
				return;
			case "set":
			case "set-pad":
				return;
			case "press":
			case "stop":
			case "select":
			case "roll":
			case "scale-beats":
			case "beats":
			case "next-of-pad":
			case "switch-pad": {
				const pad = padOf(target.pad, actions);
				if (pad !== null) this.#pressPad(target, pad, press);
			}
		}
	}

	/** Lets go what `holder` holds. */
	release(holder: string): void {
		this.#endRoll(holder);
		this.#holders.delete(holder);
		this.#actions.perform({ type: "release", holder });
	}

	/** Lets go what those hold that `isMeant` names. */
	releaseWhere(isMeant: (holder: string) => boolean): void {
		for (const holder of [...this.#rolls.keys(), ...this.#holders]) if (isMeant(holder)) this.release(holder);
	}

	/** Plays a gesture that is not mapped. */
	perform(gesture: Gesture): void {
		if (gesture.type === "release") this.#endRoll(gesture.holder);
		if (gesture.type === "release-all") {
			for (const holder of this.#rolls.keys()) if (!isDeviceHolder(holder)) this.#endRoll(holder);
		}
		this.#actions.perform(gesture);
	}

	#pressPad(
		target: Extract<Target, { readonly pad: PadReference }>,
		pad: number,
		{ velocity, holder, timeMs }: TargetPress,
	): void {
		const actions = this.#actions;
		switch (target.type) {
			case "press":
				this.#holders.add(holder);
				actions.perform({ type: "press", pad, velocity, holder });
				return;
			case "stop":
				actions.perform({ type: "stop", pad });
				return;
			case "select":
				actions.select?.(pad);
				return;
			case "roll":
				this.#endRoll(holder);
				this.#rolls.set(holder, pad);
				actions.roll?.(pad, rollLengths.get(target.length)!);
				return;
			case "scale-beats":
				actions.scaleBeats(pad, beatFactors.get(target.factor)!);
				return;
			case "beats":
				actions.editGrid(pad, target.edit, timeMs);
				return;
			case "next-of-pad":
				actions.chooseNext(pad, target.parameter);
				return;
			case "switch-pad": {
				const settings = actions.padSettings(pad);
				if (target.parameter === "loop") {
					actions.switchLoop(pad, !settings.loop);
					return;
				}
				const { isOn, write } = padSwitches[target.parameter];
				actions.setPad(pad, write(!isOn(settings)), holder);
				return;
			}
			case "set-pad":
		}
	}

	/** A pad that two hold in rolls goes on with the other's. */
	#endRoll(holder: string): void {
		const pad = this.#rolls.get(holder);
		if (pad === undefined) return;
		this.#rolls.delete(holder);
		if (![...this.#rolls.values()].includes(pad)) this.#actions.endRoll?.(pad);
	}
}
