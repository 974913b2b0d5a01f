import { expect, test } from "vitest";
import { Autosave } from "./autosave.ts";

/** Time that passes step by step, and saves that end when they are told to. */
class Stage {
	readonly waits: number[] = [];
	readonly #due: (() => void)[] = [];
	readonly #saves: (() => void)[] = [];
	started = 0;
	readonly autosave: Autosave = new Autosave(
		() => {
			this.started++;
			return new Promise((resolve) => this.#saves.push(resolve));
		},
		(milliseconds, action) => {
			this.waits.push(milliseconds);
			this.#due.push(action);
		},
	);

	elapse(): void {
		for (const action of this.#due.splice(0)) action();
	}

	async endSaves(): Promise<void> {
		for (const end of this.#saves.splice(0)) end();
		await new Promise((resolve) => setImmediate(resolve));
	}
}

test("edits that follow each other do not put off the save", () => {
	const stage = new Stage();
	stage.autosave.request();
	stage.autosave.request();
	stage.elapse();
	expect([stage.waits, stage.started]).toEqual([[250], 1]);
});

test("an edit while a save runs is saved after it, not beside it", async () => {
	const stage = new Stage();
	stage.autosave.request();
	stage.elapse();
	stage.autosave.request();
	stage.elapse();
	expect(stage.started).toBe(1);
	await stage.endSaves();
	stage.elapse();
	expect(stage.started).toBe(2);
});

test("an edit at the beginning of a long save is saved when that ends, an edit at its end 250 ms later", async () => {
	const stage = new Stage();
	stage.autosave.request();
	stage.elapse();
	stage.autosave.request();
	stage.elapse();
	await stage.endSaves();
	expect(stage.started).toBe(2);
	stage.autosave.request();
	await stage.endSaves();
	expect(stage.started).toBe(2);
	stage.elapse();
	expect([stage.waits, stage.started]).toEqual([[250, 250, 250], 3]);
});

test("without edits nothing is saved", async () => {
	const stage = new Stage();
	stage.autosave.request();
	stage.elapse();
	await stage.endSaves();
	stage.elapse();
	expect(stage.started).toBe(1);
});
