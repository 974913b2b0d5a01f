import type { Browser, JSHandle, Page } from "@playwright/test";
import { MemoryWatch } from "./browser-memory.ts";
import { MachineLoad } from "./machine-load.ts";
import type { SoakFigures, SoakReport, SoakSample } from "./soak-report.ts";

/** Options of a soak. */
export interface SoakOptions {
	/** Length in seconds of audio. */
	readonly seconds: number;
	/** Number of samples. */
	readonly samples: number;
	/** Number of recordings served. */
	readonly sounds: number;
	readonly seed: number;
	readonly threading: string;
}

/** The soak of page/soak.js. */
interface PageSoak {
	playOn(seconds: number): Promise<SoakFigures>;
	end(): Promise<SoakReport["last"]>;
}

interface StartedSoak {
	readonly soak: PageSoak;
	readonly first: SoakFigures;
}

/** Runs a soak in one page, and a bare oscillator in a page of another process. @param onSample - called with each sample */
export async function soak(
	page: Page,
	browser: Browser,
	options: SoakOptions,
	onSample: (sample: SoakSample, first: SoakSample) => void,
): Promise<SoakReport> {
	const controlPage = await browser.newPage();
	const control = await startControl(controlPage, new URL("/", page.url()).href);
	await page.bringToFront();
	const started = await startSoak(page, options);
	const memory = await MemoryWatch.start(browser, page);
	const machine = new MachineLoad();
	const sampleOf = async (figures: SoakFigures): Promise<SoakSample> => ({
		figures,
		memory: await memory.measure(),
		controlUnderruns: await control.evaluate((underruns) => underruns()),
		waitedShare: machine.take(),
	});
	const first = await sampleOf(await started.evaluate(({ first: figures }) => figures));
	const samples: SoakSample[] = [];
	while (samples.length < options.samples) {
		const figures = await started.evaluate(
			({ soak: running }, seconds) => running.playOn(seconds),
			options.seconds / options.samples,
		);
		const sample = await sampleOf(figures);
		samples.push(sample);
		onSample(sample, first);
	}
	const last = await started.evaluate(({ soak: running }) => running.end());
	await controlPage.close();
	return { first, samples, last };
}

function startSoak(page: Page, options: SoakOptions): Promise<JSHandle<StartedSoak>> {
	return page.evaluateHandle(async (soakOptions) => {
		const entry = "/soak.js";
		const module: { startSoak(options: SoakOptions): Promise<StartedSoak> } = await import(entry);
		return module.startSoak(soakOptions);
	}, options);
}

/** @returns the oscillator's count of underruns */
async function startControl(page: Page, address: string): Promise<JSHandle<() => number>> {
	await page.goto(address);
	return page.evaluateHandle(async () => {
		const entry = "/control.js";
		const module: { startControl(): Promise<() => number> } = await import(entry);
		return module.startControl();
	});
}
