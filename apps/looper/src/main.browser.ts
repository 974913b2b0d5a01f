import { AudioEngine } from "flitzis-looper";
import { memoryBudgetOf, type Obstacle, obstaclesOn } from "./app/platform.ts";
import { defineElements } from "./elements.browser.ts";
import { chosenBuffer } from "./instrument/buffer-choice.browser.ts";
import { Instrument } from "./instrument/instrument.ts";
import { messageOf } from "./instrument/notices.ts";
import { padCount } from "./instrument/pads.ts";
import { watchOutput } from "./instrument/watch-output.browser.ts";
import { Mapping } from "./mapping/mapping.ts";
import { mappingStorage } from "./mapping/mapping-storage.browser.ts";
import { midiPlatform } from "./midi/midi-platform.browser.ts";
import { Sets } from "./sets/sets.ts";
import { pagePlatform } from "./sets/sets-platform.browser.ts";

const voiceCount = 64;
/** In seconds, because in browsers "balanced" is no larger than "interactive". */
const largeBufferSeconds = 0.05;

/** Opens the instrument, or explains why its engine cannot start here. */
async function open(): Promise<void> {
	defineElements();
	const obstacles = obstaclesOn(globalThis);
	if (obstacles.length > 0) {
		showObstacles(obstacles);
		return;
	}
	const engine = new AudioEngine({
		sampleSlots: padCount,
		voices: voiceCount,
		memoryBudget: memoryBudgetOf(navigator),
		cache: true,
		latencyHint: chosenBuffer() === "large" ? largeBufferSeconds : "interactive",
	});
	const instrument = new Instrument(engine);
	const mapping = new Mapping(instrument, {
		storage: mappingStorage,
		midi: midiPlatform(),
		now: () => performance.now(),
	});
	instrument.settings.sendAll();
	const app = document.createElement("looper-app");
	Object.assign(app, { instrument, mapping, sets: new Sets(instrument, pagePlatform()), voiceCount });
	document.body.replaceChildren(app);
	window.addEventListener("pagehide", () => mapping.close());
	// What is wrong with the mapping is told where notices are shown.
	void app.updateComplete.then(() => mapping.open());
	try {
		await instrument.sound.start();
	} catch (error) {
		showObstacles([
			{
				what: messageOf(error),
				remedy: "Close other tabs that play sound or use a lot of memory, check the audio output, and try again.",
			},
		]);
		return;
	}
	if (engine.output !== null) watchOutput(instrument.sound, engine.output);
}

function showObstacles(obstacles: readonly Obstacle[]): void {
	const screen = document.createElement("obstacle-screen");
	screen.obstacles = obstacles;
	document.body.replaceChildren(screen);
}

// Not awaited at the top: the parts of the app import this module, and would wait for its sound.
void open();
