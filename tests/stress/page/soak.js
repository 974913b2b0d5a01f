import { AudioEngine } from "./engine/index.browser.js";
import { HoldWatch } from "./hold-watch.js";
import {
	DOES,
	ENDED,
	FRAME,
	FRAMES_AHEAD,
	PAUSED,
	PLAYING,
	PLAYS,
	REFUSED,
	STOPS,
	WANTED,
	WORDS,
} from "./player-words.js";
import { Random } from "./random.js";
import { RequestBook } from "./request-book.js";

const SLOTS = 32;
const VOICES = 32;
/** Concurrent loads. */
const LIVE_LOADS = 4;
/** Maximum commands per turn, besides those that restart ended voices. */
const COMMANDS_PER_TURN = 4;
/** Time for all commands to take effect: the longest scheduled delay and a few long blocks. */
const SETTLING_FRAMES = FRAMES_AHEAD + 8192;

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/**
 * 32 voices, random commands from two threads, and endless loading. A performance is recorded from
 * one set of figures to the next, and its commands are compared with those sent.
 */
class Soak {
	#engine;
	#random;
	#sounds;
	#book = new RequestBook();
	#holds = new HoldWatch();
	/** The slot of each live request. */
	#slots = new Map();
	#filled = new Set();
	#player;
	#words = new Int32Array(new SharedArrayBuffer(4 * WORDS));
	/** Commands sent by this thread, by type. */
	#sent = { play: 0, stop: 0, stopAll: 0, set: 0, load: 0 };
	#refused = 0;
	/** Recorded commands, and how many differ from those sent, counted by type. */
	#recorded = 0;
	#unlike = 0;
	#turns = 0;
	#voices = 0;
	#peakPcmBytes = 0;

	/** @param {readonly ArrayBuffer[]} sounds - the recordings to load @param {number} seed */
	constructor(engine, sounds, seed) {
		this.#engine = engine;
		this.#random = new Random(seed);
		this.#sounds = sounds;
	}

	/** Fills every slot and every voice, then starts the player thread. */
	async start() {
		while (this.#filled.size < SLOTS) {
			while (this.#slots.size < LIVE_LOADS) this.#load(this.#nextEmptySlot());
			await nextFrame();
			this.#poll();
		}
		const grant = this.#engine.createStreamHandle();
		this.#player = new Worker("/soak-player.js", { type: "module" });
		const seed = this.#random.below(2 ** 31);
		this.#player.postMessage({ descriptor: grant.descriptor, seed, slots: SLOTS, words: this.#words }, grant.transfer);
		await this.playOn(0.5);
		return this.figures();
	}

	/** Plays for this many seconds of audio. */
	async playOn(seconds) {
		await this.#settle();
		const before = this.#allSent();
		this.#engine.performance.start();
		await this.#frames(SETTLING_FRAMES);
		const { frame, sampleRate } = this.#engine.stats();
		Atomics.store(this.#words, WANTED, PLAYING);
		for (;;) {
			await nextFrame();
			const stats = this.#engine.stats();
			Atomics.store(this.#words, FRAME, stats.frame);
			this.#poll();
			this.#command(stats.frame);
			this.#turns += 1;
			this.#voices += stats.activeVoices;
			this.#peakPcmBytes = Math.max(this.#peakPcmBytes, stats.pcmBytes);
			if (stats.frame - frame >= seconds * sampleRate) break;
		}
		await this.#settle();
		this.#compare(before, await this.#engine.performance.stop());
		// Not during a performance, because it clears scheduled commands.
		this.#send("stopAll", () => this.#engine.stopAll());
		return this.figures();
	}

	/** The current figures. */
	figures() {
		const { frame, sampleRate, lostEvents, lateCommands, memoryBytes, pcmBytes, threading, underruns } =
			this.#engine.stats();
		const meanVoices = this.#voices / this.#turns;
		this.#turns = 0;
		this.#voices = 0;
		return {
			seconds: frame / sampleRate,
			threading,
			underruns,
			lostEvents,
			lateCommands,
			memoryBytes,
			pcmBytes,
			peakPcmBytes: this.#peakPcmBytes,
			meanVoices,
			commands: Object.values(this.#allSent()).reduce((sum, count) => sum + count),
			refused: this.#refused + Atomics.load(this.#words, REFUSED),
			recorded: this.#recorded,
			unlike: this.#unlike,
			longestHoldMs: this.#holds.take(),
			...this.#book.report,
		};
	}

	/** Ends every load and every voice and unloads everything. @returns the final figures */
	async end() {
		const ended = new Promise((resolve) => this.#player.addEventListener("message", resolve));
		Atomics.store(this.#words, WANTED, ENDED);
		await ended;
		for (let slot = 0; slot < SLOTS; slot++) this.#engine.unloadSample(slot);
		const { frame, sampleRate } = this.#engine.stats();
		for (;;) {
			await nextFrame();
			const { pcmBytes, activeVoices, frame: now } = this.#engine.stats();
			if ((pcmBytes === 0 && activeVoices === 0) || now - frame > sampleRate) break;
		}
		this.#holds.end();
		const last = { ...this.figures(), activeVoices: this.#engine.stats().activeVoices };
		await this.#engine.shutDown();
		return last;
	}

	/** Pauses until all commands have taken effect and every load has ended. */
	async #settle() {
		Atomics.store(this.#words, WANTED, PAUSED);
		while (this.#book.liveCount > 0 || Atomics.load(this.#words, DOES) !== PAUSED) {
			await nextFrame();
			this.#poll();
		}
		await this.#frames(SETTLING_FRAMES);
	}

	async #frames(count) {
		const { frame } = this.#engine.stats();
		while (this.#engine.stats().frame - frame < count) await nextFrame();
	}

	/** Commands of both threads, by type. */
	#allSent() {
		const { play, stop } = this.#sent;
		return {
			...this.#sent,
			play: play + Atomics.load(this.#words, PLAYS),
			stop: stop + Atomics.load(this.#words, STOPS),
		};
	}

	#compare(before, { preRollFrames, commands: all }) {
		const sent = this.#allSent();
		const commands = all.filter(({ frame }) => frame >= preRollFrames);
		this.#recorded += commands.length;
		for (const type of Object.keys(sent)) {
			const recorded = commands.filter((command) => command.type === type).length;
			this.#unlike += Math.abs(recorded - (sent[type] - before[type]));
		}
	}

	#load(slot) {
		const options = this.#random.below(4) === 0 ? { priority: "high" } : {};
		const sound = this.#sounds[this.#random.below(this.#sounds.length)];
		// A new Blob each time, like dropped files: Chromium keeps almost a kilobyte per read of
		// a Blob, apparently for the Blob's lifetime.
		const requestId = this.#engine.loadSampleAsync(slot, new Blob([sound]), options);
		this.#book.enter(requestId);
		this.#slots.set(requestId, slot);
	}

	#nextEmptySlot() {
		const taken = new Set(this.#slots.values());
		for (let slot = 0; slot < SLOTS; slot++) if (!this.#filled.has(slot) && !taken.has(slot)) return slot;
		return this.#random.below(SLOTS);
	}

	/** Handles every event and plays loaded samples. */
	#poll() {
		for (let event = this.#engine.pollLoaderEvents(); event !== null; event = this.#engine.pollLoaderEvents()) {
			if (!this.#book.take(event)) continue;
			this.#slots.delete(event.requestId);
			if (event.type !== "success") continue;
			this.#sent.load += 1;
			this.#filled.add(event.id);
			this.#send("play", () => this.#engine.playSample(event.id, 1 / VOICES, { loop: true }));
		}
	}

	/** A turn's loads and commands. */
	#command(frame) {
		// A few loads are cancelled, and others replaced when their slot is drawn again.
		for (const slot of this.#slots.values()) if (this.#random.below(1000) === 0) this.#engine.cancelLoad(slot);
		while (this.#slots.size < LIVE_LOADS) this.#load(this.#random.below(SLOTS));
		for (let count = this.#random.below(COMMANDS_PER_TURN + 1); count > 0; count--) this.#sendOne(frame);
		const { activeVoices } = this.#engine.stats();
		for (let missing = VOICES - activeVoices; missing > 0; missing--) {
			this.#send("play", () => this.#engine.playSample(this.#random.below(SLOTS), 1 / VOICES, { loop: true }));
		}
	}

	#sendOne(frame) {
		const engine = this.#engine;
		const slot = this.#random.below(SLOTS);
		const choice = this.#random.below(10);
		const timing = choice % 2 === 0 ? { atFrame: frame + FRAMES_AHEAD / 2 + this.#random.below(FRAMES_AHEAD / 2) } : {};
		if (choice < 6) this.#send("play", () => engine.playSample(slot, 1 / VOICES, { loop: choice < 3, ...timing }));
		else if (choice < 9) this.#send("stop", () => engine.stopSample(slot, timing));
		else this.#send("set", () => (engine.masterGainDecibels = -this.#random.below(12)));
	}

	#send(type, command) {
		try {
			command();
			this.#sent[type] += 1;
		} catch (error) {
			if (error.code !== "ring-full") throw error;
			this.#refused += 1;
		}
	}
}

/**
 * Fetches every recording once. Blobs of these are loaded, because the browser's debugger retains all responses,
 * which would count as the engine's memory.
 */
async function fetchSounds(count) {
	const sounds = [];
	for (let sound = 0; sound < count; sound++) sounds.push(await (await fetch(`/sounds/${sound}`)).arrayBuffer());
	return sounds;
}

/** @param {{ sounds: number, seed: number, threading: string }} options - number of recordings at `/sounds/0…` */
export async function startSoak({ sounds, seed, threading }) {
	const engine = new AudioEngine({ voices: VOICES, threading });
	const state = await engine.run();
	if (state !== "running") throw new Error(`The engine is ${state}.`);
	const soak = new Soak(engine, await fetchSounds(sounds), seed);
	return { soak, first: await soak.start() };
}
