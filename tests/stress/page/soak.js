import { AudioEngine } from "./engine/index.browser.js";
import { HoldWatch } from "./hold-watch.js";
import { Random } from "./random.js";
import { RequestBook } from "./request-book.js";

const SLOTS = 32;
const VOICES = 32;
/** Loads under way at any time. */
const LIVE_LOADS = 4;
/** The most commands of a turn, without those that fill the voices up again. */
const COMMANDS_A_TURN = 4;

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/** A night on stage: 32 voices, random commands from two threads, and recordings that load without end. */
class Soak {
	#engine;
	#random;
	#sounds;
	#book = new RequestBook();
	#holds = new HoldWatch();
	/** Each live request's slot. */
	#slots = new Map();
	#filled = new Set();
	#player;
	/** Words of the player's thread: commands, refused ones, whether it is to end. */
	#played = new Int32Array(new SharedArrayBuffer(12));
	#commands = 0;
	#refused = 0;
	#turns = 0;
	#voices = 0;
	#peakPcmBytes = 0;

	/** @param {{ sounds: number, seed: number }} options - recordings at `/sounds/0…` */
	constructor(engine, { sounds, seed }) {
		this.#engine = engine;
		this.#random = new Random(seed);
		this.#sounds = sounds;
	}

	/** Fills every slot and every voice, then starts the player's thread. */
	async start() {
		while (this.#filled.size < SLOTS) {
			while (this.#slots.size < LIVE_LOADS) this.#load(this.#nextEmptySlot());
			await nextFrame();
			this.#poll();
		}
		this.#fillVoices();
		const grant = this.#engine.createStreamHandle();
		this.#player = new Worker("/soak-player.js", { type: "module" });
		const data = { descriptor: grant.descriptor, seed: this.#random.below(2 ** 31), slots: SLOTS, sent: this.#played };
		this.#player.postMessage(data, grant.transfer);
		await this.playOn(0.5);
		return this.look();
	}

	/** Plays until so many seconds more have sounded: time is told by the sound. */
	async playOn(seconds) {
		const { frame, sampleRate } = this.#engine.stats();
		for (;;) {
			await nextFrame();
			const stats = this.#engine.stats();
			this.#poll();
			this.#command();
			this.#turns += 1;
			this.#voices += stats.activeVoices;
			this.#peakPcmBytes = Math.max(this.#peakPcmBytes, stats.pcmBytes);
			if (stats.frame - frame >= seconds * sampleRate) return this.look();
		}
	}

	/** What can be told at this moment. */
	look() {
		const { frame, sampleRate, lostEvents, lateRecords, memoryBytes, pcmBytes, transport, underruns } =
			this.#engine.stats();
		const meanVoices = this.#voices / this.#turns;
		this.#turns = 0;
		this.#voices = 0;
		return {
			seconds: frame / sampleRate,
			transport,
			underruns,
			lostEvents,
			lateRecords,
			memoryBytes,
			pcmBytes,
			peakPcmBytes: this.#peakPcmBytes,
			meanVoices,
			commands: this.#commands + Atomics.load(this.#played, 0),
			refused: this.#refused + Atomics.load(this.#played, 1),
			longestHoldMs: this.#holds.take(),
			...this.#book.report,
		};
	}

	/** Ends every load and every voice and unloads all. @returns what can be told then */
	async end() {
		Atomics.store(this.#played, 2, 1);
		await new Promise((resolve) => this.#player.addEventListener("message", resolve));
		while (this.#book.liveCount > 0) {
			await nextFrame();
			this.#poll();
		}
		for (let slot = 0; slot < SLOTS; slot++) this.#engine.unloadSample(slot);
		const { frame, sampleRate } = this.#engine.stats();
		for (;;) {
			await nextFrame();
			const { pcmBytes, activeVoices, frame: now } = this.#engine.stats();
			if ((pcmBytes === 0 && activeVoices === 0) || now - frame > sampleRate) break;
		}
		this.#holds.end();
		const last = { ...this.look(), activeVoices: this.#engine.stats().activeVoices };
		await this.#engine.shutDown();
		return last;
	}

	#load(slot) {
		const options = this.#random.below(4) === 0 ? { priority: "high" } : {};
		const requestId = this.#engine.loadSampleAsync(slot, `/sounds/${this.#random.below(this.#sounds)}`, options);
		this.#book.enter(requestId);
		this.#slots.set(requestId, slot);
	}

	#nextEmptySlot() {
		const taken = new Set(this.#slots.values());
		for (let slot = 0; slot < SLOTS; slot++) if (!this.#filled.has(slot) && !taken.has(slot)) return slot;
		return this.#random.below(SLOTS);
	}

	/** Hears every event; what has loaded plays. */
	#poll() {
		for (let event = this.#engine.pollLoaderEvents(); event !== null; event = this.#engine.pollLoaderEvents()) {
			if (!this.#book.hear(event)) continue;
			this.#slots.delete(event.requestId);
			if (event.type !== "success") continue;
			this.#filled.add(event.id);
			this.#send(() => this.#engine.playSample(event.id, 1 / VOICES, { loop: true }));
		}
	}

	/** A turn's loads and commands. */
	#command() {
		// A few loads are cancelled, and some more replaced because their slot is drawn again.
		for (const slot of this.#slots.values()) if (this.#random.below(1000) === 0) this.#engine.cancelLoad(slot);
		while (this.#slots.size < LIVE_LOADS) this.#load(this.#random.below(SLOTS));
		for (let count = this.#random.below(COMMANDS_A_TURN + 1); count > 0; count--) this.#send(() => this.#sendOne());
		this.#fillVoices();
	}

	#sendOne() {
		const slot = this.#random.below(SLOTS);
		const choice = this.#random.below(1000);
		if (choice < 600) this.#engine.playSample(slot, 1 / VOICES, { loop: choice < 300 });
		else if (choice < 900) this.#engine.stopSample(slot);
		else if (choice < 998) this.#engine.masterGainDecibels = -this.#random.below(12);
		else this.#engine.stopAll();
	}

	#fillVoices() {
		for (let missing = VOICES - this.#engine.stats().activeVoices; missing > 0; missing--) {
			this.#send(() => this.#engine.playSample(this.#random.below(SLOTS), 1 / VOICES, { loop: true }));
		}
	}

	#send(command) {
		try {
			command();
			this.#commands += 1;
		} catch (error) {
			if (error.code !== "ring-full") throw error;
			this.#refused += 1;
		}
	}
}

/** @param {{ sounds: number, seed: number, transport: string }} options */
export async function startSoak(options) {
	const engine = new AudioEngine({ voices: VOICES, transport: options.transport });
	const state = await engine.run();
	if (state !== "running") throw new Error(`the engine is ${state}`);
	const soak = new Soak(engine, options);
	return { soak, first: await soak.start() };
}
