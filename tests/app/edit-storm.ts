import type { Page } from "@playwright/test";

/** A part of the open set that has another value from a moment on: a pad's sound or settings, the set's settings, its name. */
export interface LoggedChange {
	readonly timeMs: number;
	readonly part: string;
	readonly value: string;
}

/** What this file uses of the instrument inside of the page. */
interface PadSourceLike {
	readonly title: string;
	readonly settings?: object;
}
interface PageListeners {
	add(listener: (value: number) => void): () => void;
}
interface PageApp {
	readonly sets: {
		readonly current: { readonly name: string } | null;
		readonly obstacle: string | null;
		readonly changes: PageListeners;
		rename(name: string): Promise<void>;
	};
	readonly instrument: {
		readonly banks: { readonly shown: number; show(bank: number): void };
		readonly history: { undo(): void; redo(): void };
		readonly settings: {
			readonly settings: object;
			readonly changes: PageListeners;
			set(settings: object): void;
		};
		readonly pads: {
			readonly states: readonly {
				readonly sample: PadSourceLike | null;
				readonly load: (PadSourceLike & { readonly phase: string; readonly wanted: PadSourceLike }) | null;
				readonly settings: object;
			}[];
			readonly changes: PageListeners;
			set(pad: number, settings: object, gesture?: string): void;
			swap(first: number, second: number): void;
			copy(from: number, to: number): void;
			empty(pad: number): void;
		};
	};
}

const slownessPart = "slowness";

declare global {
	interface Window {
		/** The parts of the open set as they are now. */
		readonly partsOfSet: (pad?: number) => Readonly<Record<string, string>>;
		/** How long the slowest write of a file has taken yet. */
		readonly slowestWriteMs: () => number;
		/** Tells the test of a change, where the browser's own storage may not live to tell. */
		readonly tellChange?: (change: LoggedChange) => Promise<void>;
	}
}

/** What every page of these tests can tell of its set. Runs in the page. */
export function preparePage(): void {
	const read = (pad?: number): Readonly<Record<string, string>> => {
		const { instrument, sets } = document.querySelector("looper-app") as unknown as PageApp;
		const { states } = instrument.pads;
		const parts: Record<string, string> = {
			name: sets.current?.name ?? "",
			settings: JSON.stringify(instrument.settings.settings),
		};
		for (const number of pad === undefined ? states.keys() : [pad]) {
			const { sample, load, settings } = states[number]!;
			const held = load !== null && load.phase !== "failed" ? load.wanted : sample;
			parts[`sound of pad ${number}`] = held?.title ?? "";
			parts[`settings of pad ${number}`] = JSON.stringify(held?.settings ?? settings, (_name, value) =>
				value === Number.NEGATIVE_INFINITY ? "silence" : value,
			);
		}
		return parts;
	};
	Object.defineProperty(window, "partsOfSet", { value: read });

	/** When the writes began that have not ended yet. */
	const begun = new Set<number>();
	let slowestMs = 0;
	const look = (): void => {
		for (const time of begun) slowestMs = Math.max(slowestMs, performance.now() - time);
	};
	const { createWritable } = FileSystemFileHandle.prototype;
	FileSystemFileHandle.prototype.createWritable = async function (options) {
		const time = performance.now();
		begun.add(time);
		const writable = await createWritable.call(this, options);
		const end = (): void => {
			look();
			begun.delete(time);
		};
		const [close, abort] = [writable.close.bind(writable), writable.abort.bind(writable)];
		writable.close = () => close().finally(end);
		writable.abort = (reason) => abort(reason).finally(end);
		return writable;
	};
	Object.defineProperty(window, "slowestWriteMs", {
		value: () => {
			look();
			return Math.ceil(slowestMs);
		},
	});
}

/**
 * Edits the set again and again, every few milliseconds and in every way, and logs every change of its parts to the local storage,
 * which outlives the page. Resolves after some milliseconds, and goes on.
 */
export function beginStorm(page: Page, storm: { readonly seed: number; readonly milliseconds: number }): Promise<void> {
	return page.evaluate(
		async ({ seed, milliseconds, slownessPart }) => {
			const { instrument, sets } = document.querySelector("looper-app") as unknown as PageApp;
			const { pads, settings, banks, history } = instrument;
			for (const key of Object.keys(localStorage)) if (key.startsWith("test.log.")) localStorage.removeItem(key);
			const last = new Map<string, string>();
			let count = 0;
			/** How late the page's slowest turn was. */
			let lateMs = 0;
			const log = (pad?: number): void => {
				const slowness = { [slownessPart]: String(window.slowestWriteMs() + lateMs) };
				for (const [part, value] of Object.entries({ ...window.partsOfSet(pad), ...slowness })) {
					if (last.get(part) === value) continue;
					last.set(part, value);
					const change = { timeMs: performance.timeOrigin + performance.now(), part, value };
					localStorage.setItem(`test.log.${String(count++).padStart(6, "0")}`, JSON.stringify(change));
					void window.tellChange?.(change);
				}
			};
			log();
			pads.changes.add(log);
			settings.changes.add(() => log(0));
			sets.changes.add(() => log(0));

			let state = seed | 1;
			const below = (limit: number): number => {
				state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) ^ Math.imul(state ^ (state >>> 12), 0x297a2d39);
				state = (state + 0x9e3779b9) | 0;
				return ((state ^ (state >>> 16)) >>> 0) % limit;
			};
			/** A short sound that no other one is like. */
			const file = (name: string): File => {
				const bytes = new Uint8Array(44 + 4800 * 2);
				const view = new DataView(bytes.buffer);
				const words = ["RIFF", bytes.length - 8, "WAVE", "fmt ", 16, 0x1_0001, 48_000, 96_000, 0x10_0002, "data", 9600];
				for (const [index, word] of words.entries()) {
					if (typeof word === "number") view.setUint32(4 * index, word, true);
					else for (let letter = 0; letter < 4; letter++) bytes[4 * index + letter] = word.charCodeAt(letter);
				}
				for (let at = 44; at < bytes.length; at++) bytes[at] = below(64);
				return new File([bytes], `${name}.wav`, { type: "audio/wav" });
			};
			const dropOn = (place: number, name: string): void => {
				const dataTransfer = new DataTransfer();
				dataTransfer.items.add(file(name));
				const target = document.querySelector("looper-app")?.shadowRoot?.querySelectorAll("pad-grid, looper-pad") ?? [];
				const grid = [...target].find((element) => element.shadowRoot?.querySelector("looper-pad")) ?? null;
				const pad = (grid?.shadowRoot ?? document).querySelectorAll("looper-pad")[place];
				pad?.dispatchEvent(new DragEvent("drop", { bubbles: true, composed: true, cancelable: true, dataTransfer }));
			};
			let edit = 0;
			const ways: readonly (() => void)[] = [
				() => pads.set(below(48), { gainDecibels: -below(600) / 10 }),
				() => pads.set(below(48), { pan: below(200) / 100 - 1, cents: below(100), loop: below(2) === 0 }),
				() =>
					pads.set(below(48), {
						eq: { lowDecibels: Number.NEGATIVE_INFINITY, midDecibels: below(6), highDecibels: 0 },
					}),
				() => settings.set({ tempo: 60 + below(1000) / 10 }),
				() => settings.set({ masterGainDecibels: -below(300) / 10 }),
				() => void sets.rename(`Set of edit ${edit}`),
				() => dropOn(below(16), `sound ${edit}`),
				() => dropOn(below(16), `sound ${edit}`),
				() => pads.swap(below(48), below(48)),
				() => pads.copy(below(48), below(48)),
				() => pads.empty(below(16)),
				() => banks.show(below(2)),
				() => history.undo(),
				() => history.redo(),
			];
			let previousMs = performance.now();
			setInterval(() => {
				lateMs = Math.max(lateMs, Math.ceil(performance.now() - previousMs - 15));
				previousMs = performance.now();
				edit++;
				ways[below(ways.length)]!();
			}, 15);
			await new Promise((resolve) => setTimeout(resolve, milliseconds));
		},
		{ ...storm, slownessPart },
	);
}

/**
 * The parts of the set that a page has opened, when all that it loads is whole.
 *
 * @throws Error when it keeps no sets
 */
export async function openedParts(page: Page): Promise<Readonly<Record<string, string>>> {
	await page.waitForFunction(() => {
		const { sets, instrument } = document.querySelector("looper-app") as unknown as PageApp;
		return sets.current !== null && instrument.pads.states.every(({ load }) => load === null);
	});
	return await page.evaluate(() => {
		const { sets } = document.querySelector("looper-app") as unknown as PageApp;
		if (sets.obstacle !== null) throw new Error(sets.obstacle);
		return window.partsOfSet();
	});
}

/** What was logged in the local storage, in order. */
export function loggedChanges(page: Page): Promise<readonly LoggedChange[]> {
	return page.evaluate(() => {
		const keys = Object.keys(localStorage).filter((key) => key.startsWith("test.log."));
		return keys.toSorted().map((key): LoggedChange => JSON.parse(localStorage.getItem(key)!));
	});
}

/**
 * Parts that have a value which they did not have within half a second before the last change, a line each. Where the machine is slow,
 * it is the quarter that edits wait, and what a file and then a set that was just being written take.
 */
export function lostParts(
	parts: Readonly<Record<string, string>>,
	changes: readonly LoggedChange[],
): readonly string[] {
	const end = changes.at(-1)?.timeMs ?? 0;
	const slowness = Number(changes.findLast(({ part }) => part === slownessPart)?.value);
	const mostMs = Math.max(500, 250 + 4 * slowness);
	return Object.entries(parts).flatMap(([part, value]) => {
		const own = changes.filter((change) => change.part === part);
		const isRecent = own.some((change, index) => {
			const until = own[index + 1]?.timeMs ?? Number.POSITIVE_INFINITY;
			return change.value === value && until >= end - mostMs;
		});
		if (isRecent) return [];
		const shown = own.map((change) => `${Math.round(end - change.timeMs)} ms before: ${change.value}`);
		return [`${part} is ${value}; ${shown.slice(-6).join("; ")}`];
	});
}
