import { setImmediate } from "node:timers/promises";
import type { AudioEngine, LoaderEvent, SampleSource } from "flitzis-looper";
import { isTerminal, pollAll } from "./engine-harness.ts";
import { firstDifference } from "./fixtures.ts";

/** A source and the expected outcome of an uninterrupted load. */
export interface ModelFile {
	readonly name: string;
	readonly source: SampleSource;
	/** What a slot plays with it, left and right; null if the load fails. */
	readonly content: ModelContent | null;
	/** Error codes that the load may end with. */
	readonly failures: readonly string[];
}

/** The rendered audio of a sample, and the bytes of its region. */
export interface ModelContent {
	readonly name: string;
	readonly channels: readonly [Float32Array, Float32Array];
	readonly regionBytes: number;
}

interface ModelRequest {
	readonly slot: number;
	readonly file: ModelFile;
	readonly abort: AbortController;
	events: LoaderEvent[];
}

interface ModelVoice {
	readonly slot: number;
	readonly content: ModelContent;
	position: number;
}

const STAGE = /^[A-Z][a-z]+(?: \([a-z]+\))?$/;
const SOUNDING = 2;
/** Longest fade plus the block in which it begins. */
const FADE_FRAMES = 512;
/** Turns of the event loop within which crashed threads are detected. */
const PATIENCE_TURNS = 200_000;

function must(holds: boolean, fact: string): void {
	if (!holds) throw new Error(fact);
}

/**
 * An engine and a model of it, which follows the events and throws at anything it cannot explain.
 * Loads end on other threads at any time, so the model polls before each call and knows exactly what is live during
 * the call.
 */
export class LoaderModel {
	readonly #engine: AudioEngine;
	readonly #slots: number;
	readonly #requests: Map<number, ModelRequest> = new Map();
	readonly #live: Map<number, number> = new Map();
	readonly #contents: Map<number, ModelContent> = new Map();
	#voices: ModelVoice[] = [];
	/** Terminal events by kind, so that the test can check that every kind occurred. */
	readonly outcomes: Map<string, number> = new Map();

	constructor(engine: AudioEngine, slots: number) {
		this.#engine = engine;
		this.#slots = slots;
	}

	load(slot: number, file: ModelFile, isUrgent: boolean): void {
		this.#follow();
		const abort = new AbortController();
		const options = { signal: abort.signal, priority: isUrgent ? "high" : "normal" } as const;
		const requestId = this.#engine.loadSampleAsync(slot, file.source, options);
		this.#expectCancelled(slot);
		this.#requests.set(requestId, { slot, file, abort, events: [] });
		this.#live.set(slot, requestId);
	}

	cancel(slot: number): void {
		this.#follow();
		this.#engine.cancelLoad(slot);
		this.#expectCancelled(slot);
	}

	/** Aborts the signal of the slot's newest request, live or not. */
	abort(slot: number): void {
		this.#follow();
		const newest = [...this.#requests.values()].findLast((request) => request.slot === slot);
		newest?.abort.abort();
		this.#expectCancelled(slot);
	}

	unload(slot: number): void {
		this.#follow();
		this.#engine.unloadSample(slot);
		this.#contents.delete(slot);
		this.#expectCancelled(slot);
		this.#voices = this.#voices.filter((voice) => voice.slot !== slot);
		// The model does not include fades.
		this.#engine.renderOffline(FADE_FRAMES);
		this.#advance(FADE_FRAMES);
	}

	play(slot: number): void {
		this.#follow();
		// The sum of two voices does not depend on their order, that of three does.
		while (this.#voices.length >= SOUNDING) this.render(FADE_FRAMES);
		this.#engine.playSample(slot, 1);
		const content = this.#contents.get(slot);
		if (content !== undefined) this.#voices.push({ slot, content, position: 0 });
	}

	/** Renders and compares with the model's voices bit by bit. */
	render(frames: number): void {
		this.#follow();
		const rendered = this.#engine.renderOffline(frames);
		for (const [channel, samples] of rendered.entries()) {
			const expected = new Float32Array(frames);
			for (const { content, position } of this.#voices) {
				const source = content.channels[channel as 0 | 1];
				for (let at = 0; at < frames; at++) expected[at]! += source[position + at] ?? 0;
			}
			const difference = firstDifference(samples, expected);
			must(difference === null, `channel ${channel}: ${difference}`);
		}
		this.#advance(frames);
	}

	/** Processes messages of other threads. */
	async turns(count: number): Promise<void> {
		for (let turn = 0; turn < count; turn++) await setImmediate();
		this.#follow();
	}

	/** Waits until the slot's load has ended. */
	async untilLoaded(slot: number): Promise<void> {
		while (this.#live.has(slot)) await this.turns(1);
	}

	/** Ends everything slot by slot and checks the remaining memory. */
	async finish(): Promise<void> {
		for (let slot = 0; slot < this.#slots; slot++) await this.untilLoaded(slot);
		while (this.#voices.length > 0) this.render(FADE_FRAMES);
		const distinct = new Set(this.#contents.values());
		await this.#untilBytes([...distinct].reduce((sum, { regionBytes }) => sum + regionBytes, 0));
		for (let slot = 0; slot < this.#slots; slot++) {
			this.play(slot);
			this.render(FADE_FRAMES);
			this.unload(slot);
		}
		await this.#untilBytes(0);
		for (const [requestId, { events }] of this.#requests) {
			must(events.filter(isTerminal).length === 1, `Request ${requestId} did not end exactly once.`);
		}
	}

	async #untilBytes(bytes: number): Promise<void> {
		// Regions of emptied slots are freed after the kernel's next block.
		this.render(1);
		for (let turn = 0; turn < PATIENCE_TURNS && this.#engine.stats().pcmBytes !== bytes; turn++) await this.turns(1);
		const { pcmBytes } = this.#engine.stats();
		must(pcmBytes === bytes, `${pcmBytes} bytes of PCM are in use instead of ${bytes}.`);
	}

	#advance(frames: number): void {
		for (const voice of this.#voices) voice.position += frames;
		this.#voices = this.#voices.filter(({ position, content }) => position < content.channels[0].length);
	}

	/** Checks that the slot's live load, if any, has ended in `cancelled`. */
	#expectCancelled(slot: number): void {
		const requestId = this.#live.get(slot);
		this.#follow("cancelled");
		must(requestId === undefined || this.#live.get(slot) !== requestId, `Request ${requestId} is live after its end.`);
	}

	/** Takes all pending events. @param cause - what the caller has just done to live loads */
	#follow(cause: "cancelled" | "nothing" = "nothing"): void {
		for (const event of pollAll(this.#engine)) {
			const request = this.#requests.get(event.requestId);
			if (request === undefined) throw new Error(`There is an event of unknown request ${event.requestId}.`);
			must(event.id === request.slot, `An event of slot ${request.slot} names slot ${event.id}.`);
			this.#checkOrder(event, request.events);
			request.events.push(event);
			if (isTerminal(event)) this.#end(event, request, cause);
		}
		for (let slot = 0; slot < this.#slots; slot++) {
			const frames = this.#engine.sampleInfo(slot)?.frames;
			must(frames === this.#contents.get(slot)?.channels[0].length, `Slot ${slot} reports ${frames} frames.`);
		}
	}

	#checkOrder(event: LoaderEvent, before: readonly LoaderEvent[]): void {
		const [first] = before;
		const last = before.at(-1);
		must(!before.some(isTerminal), `There is a ${event.type} event after the end of request ${event.requestId}.`);
		if (event.type === "started") {
			must(first === undefined, "A started event is not the first.");
			must(this.#live.get(event.id) === event.requestId, "A replaced request started.");
		}
		if (event.type === "progress") {
			must(first?.type === "started", "Progress precedes the started event.");
			const reached = last?.type === "progress" ? last.percent : 0;
			must(event.percent >= reached && event.percent <= 1, `Progress ${event.percent} follows ${reached}.`);
			must(STAGE.test(event.stage), `stage "${event.stage}"`);
		}
		if (event.type === "success") must(last?.type === "progress" && last.percent === 1, "Success precedes progress 1.");
	}

	#end(event: LoaderEvent, { file, slot }: ModelRequest, cause: "cancelled" | "nothing"): void {
		must(this.#live.get(slot) === event.requestId, `Request ${event.requestId} ended without being live.`);
		this.#live.delete(slot);
		const outcome = event.type === "error" ? event.code : event.type;
		this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
		if (event.type === "success") {
			if (file.content === null) throw new Error(`${file.name} was loaded.`);
			this.#contents.set(slot, file.content);
			return;
		}
		const isExpected = outcome === "cancelled" ? cause === "cancelled" : file.failures.includes(outcome);
		must(isExpected, `${file.name} ended in ${outcome}${event.type === "error" ? `: ${event.msg}` : "."}`);
	}
}
