import type { Activity, EngineStats } from "flitzis-looper";
import { Listeners } from "./listeners.ts";
import type { LooperEngine } from "./looper-engine.ts";
import type { PadNews } from "./pad-news.ts";
import type { Pads } from "./pads.ts";
import type { Presses } from "./presses.ts";
import type { Sound } from "./sound.ts";

/** What one poll reads. */
export interface EngineReading {
	readonly stats: EngineStats;
	/** The same object every time. */
	readonly activity: Activity;
}

/** Who follows the engine. */
interface Followers {
	readonly pads: Pads;
	readonly presses: Presses;
	readonly sound: Sound;
	readonly news: PadNews;
}

/** The only poll of the engine, once per animation frame. */
export class EnginePoller {
	readonly readings: Listeners<EngineReading> = new Listeners();
	readonly #engine: LooperEngine;
	readonly #followers: Followers;
	readonly #activity: Activity;

	constructor(engine: LooperEngine, followers: Followers) {
		this.#engine = engine;
		this.#followers = followers;
		this.#activity = engine.createActivity();
	}

	/** Reads loader events, figures and activity, and hands them on. */
	poll(): void {
		const { pads, presses, sound, news } = this.#followers;
		pads.followLoads();
		const stats = this.#engine.stats();
		sound.follow(stats.state);
		this.#engine.readActivity(this.#activity);
		pads.followActivity(this.#activity);
		presses.follow(this.#activity);
		news.follow(this.#activity);
		this.readings.notify({ stats, activity: this.#activity });
	}
}
