import type { JSHandle, Locator, Page } from "@playwright/test";
import { writeWave } from "../../packages/engine/test/fixtures.ts";
import { noise } from "../loudspeaker/noise.ts";
import type { DroppedFile } from "./app-page.ts";

/** What tests use of the instrument inside of the page. */
interface PageInstrument {
	readonly pads: { set(pad: number, settings: object): void };
	readonly presses: { perform(gesture: object): void };
	readonly poller: {
		readonly readings: {
			add(listener: (reading: { readonly activity: { readonly beat: number } }) => void): () => void;
		};
	};
}

/** A file of noise. */
export function noiseFile(name: string, seconds: number, seed: number): DroppedFile {
	const bytes = writeWave(noise(seconds * 48_000, seed), { sampleRate: 48_000, channels: 1, coding: "s16" });
	return { name, type: "audio/wav", bytes };
}

/** Changes settings of a pad, as a control of the page would. */
export async function setPad(page: Page, pad: number, settings: object): Promise<void> {
	await page.evaluate(
		({ pad: number, settings: values }) => {
			const instrument: PageInstrument = Reflect.get(document.querySelector("looper-app") ?? {}, "instrument");
			instrument.pads.set(number, values);
		},
		{ pad, settings },
	);
}

/** Resolves when the transport is behind a beat. */
export async function untilBeat(page: Page, beat: number): Promise<void> {
	await page.evaluate(async (awaited) => {
		const instrument: PageInstrument = Reflect.get(document.querySelector("looper-app") ?? {}, "instrument");
		await new Promise<void>((resolve) => {
			const end = instrument.poller.readings.add(({ activity }) => {
				if (activity.beat <= awaited) return;
				end();
				resolve();
			});
		});
	}, beat);
}

/** Presses a pad in the first half of a span of so many beats, but not as late after its line as would start at once. */
export async function pressEarly(page: Page, pad: number, quantum: number): Promise<void> {
	await page.evaluate(
		async ({ pad: number, quantum: beats }) => {
			const instrument: PageInstrument = Reflect.get(document.querySelector("looper-app") ?? {}, "instrument");
			await new Promise<void>((resolve) => {
				const end = instrument.poller.readings.add(({ activity }) => {
					const past = activity.beat % beats;
					if (past < 1 || past > beats / 2) return;
					end();
					instrument.presses.perform({ type: "press", pad: number, velocity: 0.8, holder: "test" });
					instrument.presses.perform({ type: "release", holder: "test" });
					resolve();
				});
			});
		},
		{ pad, quantum },
	);
}

/** Collects the texts that an element shows from now on, by a selector within its shadow root. */
export async function watchText(element: Locator, selector: string): Promise<JSHandle<string[]>> {
	return await element.evaluateHandle((host, inner) => {
		const texts: string[] = [];
		const shown = host.shadowRoot?.querySelector(inner);
		if (shown == null) throw new Error(`There is no ${inner}.`);
		const look = () => void texts.push(shown.textContent?.replaceAll(/\s+/g, " ").trim() ?? "");
		new MutationObserver(look).observe(shown, { characterData: true, childList: true, subtree: true });
		return texts;
	}, selector);
}
