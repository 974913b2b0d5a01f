import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type Edit, History, historySteps } from "./history.ts";

const SEED = 13;

/** A value that edits set. */
class Value {
	readonly history: History = new History();
	readonly values = new Map<string, number>();

	set(name: string, value: number, gesture?: string): void {
		const before = this.values.get(name) ?? 0;
		this.values.set(name, value);
		const edit: Edit = {
			label: `Set ${name}`,
			undo: () => this.values.set(name, before),
			redo: () => this.values.set(name, value),
		};
		this.history.record(gesture === undefined ? edit : { ...edit, gesture });
	}

	get(name: string): number {
		return this.values.get(name) ?? 0;
	}
}

test("edits are undone and redone in order, and their labels say which is next", () => {
	const value = new Value();
	const { history } = value;
	value.set("gain", 1);
	value.set("pan", 2);
	expect([history.undoLabel, history.redoLabel]).toEqual(["Set pan", null]);
	history.undo();
	expect([value.get("gain"), value.get("pan")]).toEqual([1, 0]);
	history.undo();
	expect([value.get("gain"), value.get("pan")]).toEqual([0, 0]);
	expect([history.canUndo, history.redoLabel]).toEqual([false, "Set gain"]);
	history.redo();
	history.redo();
	expect([value.get("gain"), value.get("pan")]).toEqual([1, 2]);
	expect([history.canRedo, history.undoLabel]).toEqual([false, "Set pan"]);
});

test("a drag is one step: undo returns to where it began, redo to where it ended", () => {
	const value = new Value();
	for (const gain of [1, 2, 3]) value.set("gain", gain, "drag 1");
	value.set("gain", 4, "drag 2");
	value.history.undo();
	expect(value.get("gain")).toBe(3);
	value.history.undo();
	expect([value.get("gain"), value.history.canUndo]).toEqual([0, false]);
	value.history.redo();
	expect(value.get("gain")).toBe(3);
});

test("a drag that moves several values is one step for all of them", () => {
	const value = new Value();
	for (const position of [1, 2]) for (const name of ["a", "b", "c"]) value.set(name, position, "drag");
	value.history.undo();
	expect(["a", "b", "c"].map((name) => value.get(name))).toEqual([0, 0, 0]);
	value.history.redo();
	expect(["a", "b", "c"].map((name) => value.get(name))).toEqual([2, 2, 2]);
});

test("a gesture that goes on after an undo begins a step of its own", () => {
	const value = new Value();
	value.set("gain", 1, "drag");
	value.set("pan", 1);
	value.history.undo();
	value.set("gain", 2, "drag");
	value.history.undo();
	expect(value.get("gain")).toBe(1);
});

test("edits in a group are one step with the group's label, and a group without edits is none", () => {
	const value = new Value();
	value.history.group("Nothing", () => {});
	expect(value.history.canUndo).toBe(false);
	value.history.group("Clear", () => {
		value.set("gain", 1);
		value.history.group("inner", () => value.set("pan", 1));
	});
	value.set("gain", 5);
	value.history.undo();
	expect(value.history.undoLabel).toBe("Clear");
	value.history.undo();
	expect([value.get("gain"), value.get("pan"), value.history.canUndo]).toEqual([0, 0, false]);
});

test("a new edit forgets what was undone", () => {
	const value = new Value();
	value.set("gain", 1);
	value.history.undo();
	value.set("gain", 2);
	expect(value.history.canRedo).toBe(false);
});

test("the latest 100 steps can be undone", () => {
	const value = new Value();
	for (let step = 1; step <= historySteps + 7; step++) value.set("gain", step);
	let undone = 0;
	for (; value.history.canUndo; undone++) value.history.undo();
	expect([undone, value.get("gain")]).toEqual([100, 7]);
});

test("what an undo changes is not recorded", () => {
	const history = new History();
	const edit: Edit = { label: "Outer", redo: () => {}, undo: () => history.record({ ...edit, label: "Inner" }) };
	history.record(edit);
	history.undo();
	expect([history.canUndo, history.redoLabel]).toEqual([false, "Outer"]);
});

test("listeners learn of every change", () => {
	const value = new Value();
	const labels: (string | null)[] = [];
	value.history.changes.add(({ undoLabel }) => labels.push(undoLabel));
	value.set("gain", 1);
	value.history.undo();
	value.history.redo();
	value.history.clear();
	expect(labels).toEqual(["Set gain", null, "Set gain", null]);
});

test("undoing everything restores the beginning, and redoing it the end, whatever was done", () => {
	const edit = fc.record({
		name: fc.constantFrom("a", "b"),
		value: fc.nat(9),
		gesture: fc.option(fc.constantFrom("x", "y"), { nil: undefined }),
	});
	const step = fc.oneof({ weight: 4, arbitrary: edit }, fc.constantFrom("undo" as const, "redo" as const));
	fc.assert(
		fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
			const value = new Value();
			for (const item of steps) {
				if (typeof item === "string") value.history[item]();
				else value.set(item.name, item.value, item.gesture);
			}
			const end = ["a", "b"].map((name) => value.get(name));
			let undone = 0;
			for (; value.history.canUndo; undone++) value.history.undo();
			expect(["a", "b"].map((name) => value.get(name))).toEqual([0, 0]);
			for (; undone > 0; undone--) value.history.redo();
			expect(["a", "b"].map((name) => value.get(name))).toEqual(end);
		}),
		{ seed: SEED, numRuns: 300 },
	);
});
