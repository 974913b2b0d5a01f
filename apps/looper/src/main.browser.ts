/// <reference types="vite/client" />
import { AudioEngine } from "flitzis-looper";
import type { LooperApp } from "./app/looper-app.browser.ts";
import { memoryBudgetOf, type Obstacle, obstaclesOn } from "./app/platform.ts";
import { defineElements } from "./elements.browser.ts";
import { chosenLatencyHint } from "./instrument/buffer-choice.browser.ts";
import { Instrument } from "./instrument/instrument.ts";
import { messageOf } from "./instrument/notices.ts";
import { padCount } from "./instrument/pads.ts";
import { watchOutput } from "./instrument/watch-output.browser.ts";
import { Mapping } from "./mapping/mapping.ts";
import { mappingStorage } from "./mapping/mapping-storage.browser.ts";
import { midiPlatform } from "./midi/midi-platform.browser.ts";
import { OutputControl } from "./output/output-control.ts";
import { outputPlatform } from "./output/output-platform.browser.ts";
import { readOutputSettings } from "./output/output-storage.browser.ts";
import { Sounding } from "./output/sounding.ts";
import { keptSeconds } from "./recording/kept-seconds.ts";
import { Sets } from "./sets/sets.ts";
import { pagePlatform } from "./sets/sets-platform.browser.ts";

const voiceCount = 64;
/** What the engine's start has to itself: the first rendering is one long task, for which it would wait. */
const headStartMilliseconds = 40;

/** Opens the instrument, or explains why its engine cannot start here. */
async function open(): Promise<void> {
	const obstacles = obstaclesOn(globalThis);
	if (obstacles.length > 0) {
		defineElements();
		showObstacles(obstacles);
		return;
	}
	const wantedOutput = readOutputSettings();
	const engine = new AudioEngine({
		sampleSlots: padCount,
		voices: voiceCount,
		startLoaderThreads: true,
		memoryBudget: memoryBudgetOf(navigator),
		cache: true,
		skipBackSeconds: keptSeconds,
		latencyHint: chosenLatencyHint(),
		outputDevice: wantedOutput.device,
		cueOutput: wantedOutput.hasCue,
	});
	const instrument = new Instrument(engine);
	const { notices } = instrument;
	const output = new OutputControl(engine, wantedOutput, { platform: outputPlatform(() => engine.output), notices });
	const mapping = new Mapping(instrument, {
		storage: mappingStorage,
		midi: midiPlatform(),
		now: () => performance.now(),
	});
	instrument.settings.sendAll();
	// Before anything is rendered: threads and kernel are fetched and compiled meanwhile.
	const starting = instrument.sound.start();
	// Its failure is looked at below.
	starting.catch(() => {});
	await new Promise((resolve) => setTimeout(resolve, headStartMilliseconds));
	defineElements();
	const app = document.createElement("looper-app");
	Object.assign(app, { instrument, mapping, sets: new Sets(instrument, pagePlatform()), output, voiceCount });
	document.body.replaceChildren(app);
	window.addEventListener("pagehide", () => mapping.close());
	// What is wrong with the mapping is told where notices are shown.
	void app.updateComplete.then(() => mapping.open());
	try {
		await starting;
	} catch (error) {
		showObstacles([
			{
				what: messageOf(error),
				remedy: "Close other tabs that play sound or use a lot of memory, check the audio output, and try again.",
			},
		]);
		return;
	}
	void instrument.opening.over.then(() => addParts(engine, instrument, app));
	if (engine.output !== null) watchOutput({ sound: instrument.sound, output }, engine.output);
	void output.begin();
	await attendPage(instrument);
}

/** What the page does beside the instrument: it may come late, and it may fail to be loaded. */
async function attendPage(instrument: Instrument): Promise<void> {
	const { poller, settings } = instrument;
	const sounding = new Sounding({ readings: poller.readings, settings, now: () => performance.now() });
	try {
		(await import("./output/while-sounding.browser.ts")).attendSounding(sounding, instrument);
	} catch {
		// Without it the screen goes dark and media keys do nothing, as on any page.
	}
	if (!import.meta.env.PROD) return;
	// Keeping the app means fetching all of it; what isolates the page cannot wait.
	if (crossOriginIsolated) await instrument.opening.over;
	try {
		await (await import("./offline/offline.browser.ts")).attendOffline(sounding, instrument);
	} catch {
		// Private windows and full disks refuse: then the app needs its server.
	}
}

/** Loads what records, and what finds beats and keys, behind everything that plays. */
async function addParts(engine: AudioEngine, instrument: Instrument, app: LooperApp): Promise<void> {
	try {
		const { openRecording } = await import("./recording/open-recording.browser.ts");
		const opening = openRecording(engine, instrument);
		app.requestUpdate();
		await opening;
	} catch (error) {
		instrument.notices.tell("error", `Nothing can be recorded: ${messageOf(error)} Reload the page.`);
	}
	try {
		(await import("./analysis/open-analyses.ts")).openAnalyses(engine, instrument);
		app.requestUpdate();
	} catch (error) {
		instrument.notices.tell("error", `Beats and keys are not found: ${messageOf(error)} Reload the page.`);
	}
}

function showObstacles(obstacles: readonly Obstacle[]): void {
	const screen = document.createElement("obstacle-screen");
	screen.obstacles = obstacles;
	document.body.replaceChildren(screen);
}

// Not awaited at the top: the parts of the app import this module, and would wait for its sound.
void open();
