import { AudioEngine } from "flitzis-looper";
import { memoryBudgetOf, type Obstacle, obstaclesOn } from "./app/platform.ts";
import { defineElements } from "./elements.browser.ts";
import { chosenBuffer } from "./instrument/buffer-choice.browser.ts";
import { Instrument, padCount } from "./instrument/instrument.ts";
import { watchOutput } from "./instrument/watch-output.browser.ts";

const voiceCount = 32;
/** Told in seconds, because what browsers call balanced is no larger than what they call interactive. */
const largeBufferSeconds = 0.05;

/** Shows the instrument where its engine can start, else why not. */
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
	const app = document.createElement("looper-app");
	Object.assign(app, { instrument, voiceCount });
	document.body.replaceChildren(app);
	try {
		await instrument.start();
	} catch (error) {
		showObstacles([
			{
				what: error instanceof Error ? error.message : String(error),
				remedy: "Close other tabs that play sound or take much memory, look at the sound output, and try again.",
			},
		]);
		return;
	}
	if (engine.output !== null) watchOutput(instrument, engine.output);
}

function showObstacles(obstacles: readonly Obstacle[]): void {
	const screen = document.createElement("obstacle-screen");
	screen.obstacles = obstacles;
	document.body.replaceChildren(screen);
}

await open();
