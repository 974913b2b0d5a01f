import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect } from "@playwright/test";
import sirv from "sirv";
import { isolationHeaders, type LocalServer, listenLocally } from "../local-server.ts";
import { LOUDSPEAKER_RATE } from "../loudspeaker/loudspeaker.ts";
import { test } from "./browsers-test.ts";

const APP_FOLDER = fileURLToPath(new URL("../../apps/looper/dist", import.meta.url));
const PHONE = `<!doctype html><iframe src="/" style="position: fixed; inset: 0; width: 390px; height: 844px; border: 0"></iframe>`;

const AUDIBLE = 0.05;
const MOST_PRESSES = 6;

/** The position of the first pad, and the layout of the instrument. */
interface Layout {
	readonly padCenter: { readonly x: number; readonly y: number };
	/** Elements that overflow the page. */
	readonly cutOff: number;
	readonly pads: number;
}

/**
 * Resolves when every pad of the instrument is loaded. Runs in the page.
 *
 * @param isFramed - whether the instrument is in the page's frame instead of the page itself
 */
async function untilLoaded(isFramed: boolean): Promise<Layout> {
	const view = isFramed ? (document.querySelector("iframe")?.contentWindow ?? window) : window;
	const found = (root: ParentNode, selector: string): Element[] => [
		...root.querySelectorAll(selector),
		...[...root.querySelectorAll("*")].flatMap((element) =>
			element.shadowRoot === null ? [] : found(element.shadowRoot, selector),
		),
	];
	const surfaces = (): Element[] => {
		const pads = found(view.document, "looper-pad");
		return pads.flatMap((pad) => [...(pad.shadowRoot?.querySelectorAll('button[aria-label^="Pad "]') ?? [])]);
	};
	const isReady = (surface: Element): boolean => {
		const label = surface.getAttribute("aria-label") ?? "";
		return surface.getAttribute("aria-busy") === "false" && /: \S/.test(label) && !/empty|failed/.test(label);
	};
	while (surfaces().length < 32 || !surfaces().every(isReady)) {
		const failed = surfaces().find((surface) => surface.getAttribute("aria-label")?.includes("failed"));
		if (failed !== undefined) throw new Error(String(failed.getAttribute("aria-label")));
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	const boxes = surfaces().map((surface) => surface.getBoundingClientRect());
	const [first] = boxes;
	return {
		padCenter: { x: (first!.left + first!.right) / 2, y: (first!.top + first!.bottom) / 2 },
		cutOff: boxes.filter(({ left, right, width }) => left < 0 || right > view.innerWidth || width < 20).length,
		pads: boxes.length,
	};
}

test("the instrument opens, loads its demo set, and a pressed pad plays", async ({
	browserPage,
	appAddress,
	loudspeaker,
}, testInfo) => {
	await browserPage.open(appAddress);
	const { padCenter, cutOff, pads } = await browserPage.evaluate(untilLoaded, false);
	expect({ pads, cutOff }).toEqual({ pads: 32, cutOff: 0 });
	const recording = await loudspeaker.record();
	const peak = (): number => recording.samples()[0].reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0);
	// A busy machine lets the first sound wait for seconds, and WebKitGTK's output may drop all of so short a one.
	for (let press = 0; press < MOST_PRESSES && peak() < AUDIBLE; press++) {
		await browserPage.click(Math.round(padCenter.x), Math.round(padCenter.y));
		await recording.record(3 * LOUDSPEAKER_RATE);
	}
	const heard = peak();
	await recording.stop();
	await writeFile(testInfo.outputPath("desktop.png"), await browserPage.screenshot());
	expect(heard).toBeGreaterThan(AUDIBLE);
});

/** Serves the instrument in a frame as narrow as a phone: desktop windows are wider, and the instrument's own server forbids framing. */
function servePhone(): Promise<LocalServer> {
	const serveFile = sirv(APP_FOLDER, { dev: true });
	return listenLocally((request, response) => {
		if (request.url === "/phone") {
			response.setHeader("Content-Type", "text/html");
			response.end(PHONE);
		} else {
			serveFile(request, response);
		}
	}, isolationHeaders);
}

test("on a phone every pad can be reached", async ({ browserPage }, testInfo) => {
	const phone = await servePhone();
	try {
		await browserPage.open(`${phone.address}phone`);
		const { cutOff, pads } = await browserPage.evaluate(untilLoaded, true);
		await writeFile(testInfo.outputPath("phone.png"), await browserPage.screenshot());
		expect({ pads, cutOff }).toEqual({ pads: 32, cutOff: 0 });
	} finally {
		phone.close();
	}
});
