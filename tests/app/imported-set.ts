import type { Page } from "@playwright/test";

/** What came of the import of a file. */
export interface ImportOutcome {
	readonly isOpen: boolean;
	/** What the performer was told, in order, but for that the import goes on. */
	readonly notices: readonly string[];
	/** What is wrong with how the instrument is now. */
	readonly faults: readonly string[];
	/** Pads that can be played. */
	readonly readyPads: number;
	/** Pads whose sound could not be loaded. */
	readonly failedPads: number;
}

/** What this file uses of the app inside of the page. */
interface PageApp {
	readonly sets: { readonly current: { readonly id: string }; readonly list: readonly object[] };
	readonly instrument: {
		readonly notices: {
			readonly added: {
				add(listener: (notice: { readonly text: string; readonly isLasting?: true }) => void): () => void;
			};
		};
		readonly settings: { readonly settings: object };
		readonly pads: {
			readonly states: readonly {
				readonly sample: { readonly title: string } | null;
				readonly load: { readonly phase: string; readonly reason?: string } | null;
				readonly settings: object;
			}[];
			sampleInfo(pad: number): object | null;
		};
	};
}

/** Drops a file on the page, and waits until it is refused, or opened with all that it loads. @throws Error when neither happens in time */
export async function importInto(page: Page, name: string, bytes: Uint8Array): Promise<ImportOutcome> {
	const base64 = Buffer.from(bytes).toString("base64");
	return await page.evaluate(
		async ({ fileName, content }) => {
			const mostMilliseconds = 60_000;
			const { sets, instrument } = document.querySelector("looper-app") as unknown as PageApp;
			const { pads, settings, notices } = instrument;
			const shown = (): string =>
				JSON.stringify([
					sets.current,
					sets.list,
					settings.settings,
					pads.states.map(({ sample, load, settings: own }) => [sample?.title, load?.phase, own]),
				]);
			const until = async (what: string, isSo: () => boolean): Promise<void> => {
				const end = performance.now() + mostMilliseconds;
				while (!isSo()) {
					if (performance.now() > end) throw new Error(`${fileName}: ${what} takes too long.`);
					await new Promise((resolve) => setTimeout(resolve, 5));
				}
			};
			const told: string[] = [];
			const endListening = notices.added.add(({ text, isLasting }) => {
				if (isLasting !== true) told.push(text);
			});
			const [before, { id }] = [shown(), sets.current];
			const file = new File([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))], fileName);
			const dataTransfer = new DataTransfer();
			dataTransfer.items.add(file);
			window.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer }));
			const isRefused = (): boolean => told.some((text) => text.startsWith(`“${fileName}” was not imported. `));
			await until("the import", () => sets.current.id !== id || isRefused());
			const isOpen = sets.current.id !== id;
			await until("a load", () => pads.states.every(({ load }) => load === null || load.phase === "failed"));
			endListening();
			const faults: string[] = [];
			if (!isOpen && shown() !== before) faults.push("It was refused, but the set is not as it was.");
			if (isOpen && isRefused()) faults.push("It was refused, but opened.");
			for (const [pad, { sample, load }] of pads.states.entries()) {
				if (load?.phase === "failed" && !/\S.*\.$/u.test(load.reason ?? ""))
					faults.push(`Pad ${pad} failed without a reason.`);
				if ((sample !== null) !== (pads.sampleInfo(pad) !== null))
					faults.push(`Pad ${pad} shows what the engine has not.`);
			}
			for (const text of told) if (!/^\S.{20,}\.$/su.test(text)) faults.push(`This is no sentence: ${text}`);
			return {
				isOpen,
				notices: told,
				faults,
				readyPads: pads.states.filter(({ sample, load }) => sample !== null && load === null).length,
				failedPads: pads.states.filter(({ load }) => load?.phase === "failed").length,
			};
		},
		{ fileName: name, content: base64 },
	);
}
