import type { AppPage } from "./app-page.ts";
import { expect, test } from "./app-test.ts";
import { noiseFile } from "./instrument-access.ts";

const padCount = 32;
/** Polls of the engine, each of which is what a frame does. */
const polls = 600;
/** Of all polls together; what V8 itself keeps of its code counts, too. */
const mostRetainedBytes = 256 * 1024;

/** A busy machine gives a page few frames, and a waveform is read in several. */
const patienceMs = 30_000;

/** What the tests use of the instrument inside of the page. */
interface PageInstrument {
	readonly pads: { set(pad: number, settings: object): void };
	readonly presses: { perform(gesture: object): void };
	readonly poller: { poll(): void };
}

/** What the tests use of it to know what is still found out about the files. */
interface PageAnalyses {
	readonly pads: { readonly states: readonly { readonly analysis: object | null }[] };
}

/** Fills a bank. */
async function fill(app: AppPage): Promise<void> {
	await app.open("empty");
	const files = Array.from({ length: padCount }, (_, pad) => noiseFile(`loop-${pad + 10}.wav`, 0.5, pad + 1));
	await app.drop(files, app.pad(0).element);
	await expect(app.page.locator("looper-pad .playable")).toHaveCount(padCount, { timeout: patienceMs });
}

/** Resolves when nothing more is found out about the bank's files: what is found is written on the pads, and may set their loops. */
async function untilAnalyzed(app: AppPage): Promise<void> {
	const analyzed = (): Promise<number> =>
		app.page.evaluate(() => {
			const instrument: PageAnalyses = Reflect.get(document.querySelector("looper-app") ?? {}, "instrument");
			return instrument.pads.states.filter(({ analysis }) => analysis !== null).length;
		});
	await expect.poll(analyzed, { timeout: patienceMs }).toBe(padCount);
}

/** Lets all pads of the bank loop. */
async function playAll(app: AppPage): Promise<void> {
	await app.page.evaluate((count) => {
		const instrument: PageInstrument = Reflect.get(document.querySelector("looper-app") ?? {}, "instrument");
		for (let pad = 0; pad < count; pad++) {
			instrument.pads.set(pad, { loop: true, launchQuantum: 0 });
			instrument.presses.perform({ type: "press", pad, velocity: 0.8, holder: "test" });
			instrument.presses.perform({ type: "release", holder: "test" });
		}
	}, padCount);
	await expect(app.page.locator("looper-pad[playing]")).toHaveCount(padCount, { timeout: patienceMs });
}

/** Does so many times what a frame does, while the sound goes on. */
async function poll(app: AppPage, times: number): Promise<void> {
	await app.page.evaluate(async (count) => {
		const instrument: PageInstrument = Reflect.get(document.querySelector("looper-app") ?? {}, "instrument");
		for (let turn = 0; turn < count; turn++) {
			instrument.poller.poll();
			await new Promise((resolve) => setTimeout(resolve));
		}
	}, times);
}

test("a frame in which nothing happens writes nothing to the page", async ({ app }) => {
	await fill(app);
	const outlines = app.page.locator("looper-pad .wave path[d^=M]");
	await expect(outlines).toHaveCount(padCount, { timeout: patienceMs });
	await untilAnalyzed(app);
	// Each would be a layer of its own, and split what lies above it into further ones.
	await expect(app.page.locator("looper-pad canvas")).toHaveCount(0);
	const watched = await app.page.evaluateHandle(() => {
		const writes: string[] = [];
		const observer = new MutationObserver((records) => {
			for (const { target, type } of records) writes.push(`${type} of ${target.nodeName} ${target.textContent ?? ""}`);
		});
		const everything = { attributes: true, characterData: true, childList: true, subtree: true };
		const watch = (root: ParentNode & Node): void => {
			observer.observe(root, everything);
			for (const { shadowRoot } of root.querySelectorAll("*")) if (shadowRoot !== null) watch(shadowRoot);
		};
		const page = document.querySelector("looper-app")!.shadowRoot!;
		for (const name of ["pad-grid", "bank-bar", "transport-bar"]) watch(page.querySelector(name)!.shadowRoot!);
		return writes;
	});
	await poll(app, 20);
	expect(await watched.jsonValue()).toEqual([]);
});

test("playing pads retain nothing per frame", async ({ app }) => {
	await fill(app);
	await untilAnalyzed(app);
	await playAll(app);
	const session = await app.page.context().newCDPSession(app.page);
	await session.send("HeapProfiler.enable");
	const usedBytes = async (): Promise<number> => {
		await session.send("HeapProfiler.collectGarbage");
		return (await session.send("Runtime.getHeapUsage")).usedSize;
	};
	await poll(app, polls);
	const before = await usedBytes();
	await poll(app, polls);
	expect((await usedBytes()) - before).toBeLessThan(mostRetainedBytes);
});
