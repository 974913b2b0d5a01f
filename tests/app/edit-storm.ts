import type { Page } from "@playwright/test";
import { slownessPart } from "./lost-parts.ts";
import type { PageApp } from "./set-parts.ts";

/**
 * Edits the set again and again, every few milliseconds and in every way, and logs every change of its parts to the local storage,
 * which outlives the page. Resolves after some milliseconds, and goes on.
 */
export function beginStorm(page: Page, storm: { readonly seed: number; readonly milliseconds: number }): Promise<void> {
	return page.evaluate(
		async ({ seed, milliseconds, slowness: slownessName }) => {
			const { instrument, sets } = document.querySelector("looper-app") as unknown as PageApp;
			const { pads, settings, banks, history } = instrument;
			for (const key of Object.keys(localStorage)) if (key.startsWith("test.log.")) localStorage.removeItem(key);
			const last = new Map<string, string>();
			let count = 0;
			/** How late the page's slowest turn was. */
			let lateMs = 0;
			const log = (pad?: number): void => {
				const slowness = { [slownessName]: String(window.slowestWriteMs() + lateMs) };
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
		{ ...storm, slowness: slownessPart },
	);
}
