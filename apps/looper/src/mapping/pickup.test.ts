import { expect, test } from "vitest";
import { Pickup } from "./pickup.ts";

/** A knob on a value, which both lie in 0..1. */
class Knob {
	readonly #pickup = new Pickup();
	value: number;

	constructor(value: number) {
		this.value = value;
	}

	/** Turns the knob to each position. @returns the value after each */
	turn(...positions: readonly number[]): readonly number[] {
		return positions.map((position) => {
			if (this.#pickup.takes(position, this.value, this.value)) {
				this.value = position;
				this.#pickup.hold(this.value);
			}
			return this.value;
		});
	}
}

test("a knob far from the value does not move it until it comes near", () => {
	expect(new Knob(0.5).turn(0.1, 0.2, 0.4, 0.495, 0.3, 0.1)).toEqual([0.5, 0.5, 0.5, 0.495, 0.3, 0.1]);
});

test("a knob that is turned past the value in one movement takes it, in both directions", () => {
	expect(new Knob(0.5).turn(0.4, 0.7, 0.8)).toEqual([0.5, 0.7, 0.8]);
	expect(new Knob(0.5).turn(0.9, 0.2, 0.1)).toEqual([0.5, 0.2, 0.1]);
});

test("the first movement of a knob does not take a value that it is not near", () => {
	expect(new Knob(0.5).turn(0.8)).toEqual([0.5]);
});

test("a value that something else changes has to be reached again", () => {
	const knob = new Knob(0.5);
	knob.turn(0.5, 0.6);
	knob.value = 0.2;
	expect(knob.turn(0.7, 0.8)).toEqual([0.2, 0.2]);
	expect(knob.turn(0.1, 0.3)).toEqual([0.1, 0.3]);
});

test("a value at an end can be reached", () => {
	expect(new Knob(1).turn(0.5, 1, 0.9)).toEqual([1, 1, 0.9]);
	expect(new Knob(0).turn(0.5, 0, 0.1)).toEqual([0, 0, 0.1]);
});
