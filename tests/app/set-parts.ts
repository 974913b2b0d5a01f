import type { Page } from "@playwright/test";
import type { LoggedChange } from "./lost-parts.ts";

interface PadSourceLike {
	readonly title: string;
	readonly settings?: object;
}
interface PageListeners {
	add(listener: (value: number) => void): () => void;
}
/** What tests of sets use of the app inside of the page. */
export interface PageApp {
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
	const create: (
		this: FileSystemFileHandle,
		options?: FileSystemCreateWritableOptions,
	) => Promise<FileSystemWritableFileStream> = Reflect.get(FileSystemFileHandle.prototype, "createWritable");
	FileSystemFileHandle.prototype.createWritable = async function (options) {
		const time = performance.now();
		begun.add(time);
		const writable = await create.call(this, options);
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
