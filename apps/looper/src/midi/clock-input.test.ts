import { expect, test } from "vitest";
import { ClockInput, type ClockTarget } from "./clock-input.ts";

/** A transport that does what it is told, driven by hand. */
class FakeTransport implements ClockTarget {
	readonly calls: string[] = [];
	tempo = 120;
	isRunning = false;
	#beat = 0;
	#start = 0;

	setTempo(tempo: number): void {
		this.tempo = tempo;
		this.calls.push(`tempo ${tempo.toFixed(1)}`);
	}

	start(): void {
		this.isRunning = true;
		this.#beat = this.#start;
		this.calls.push("start");
	}

	stop(): void {
		this.isRunning = false;
		this.calls.push("stop");
	}

	moveTo(beat: number): void {
		this.#start = beat;
		this.calls.push(`move ${beat.toFixed(2)}`);
	}

	nudge(beats: number): void {
		this.#beat += beats;
		this.calls.push(`nudge ${beats.toFixed(2)}`);
	}

	get beat(): number {
		return this.isRunning ? this.#beat : this.#start;
	}

	advance(milliseconds: number): void {
		if (this.isRunning) this.#beat += (milliseconds * this.tempo) / 60_000;
	}
}

/** A clock, the transport that follows it, and a frame between two ticks. */
class Stage {
	readonly transport = new FakeTransport();
	readonly input = new ClockInput(this.transport);
	readonly latencyMs: number;
	timeMs = 1000;

	constructor(latencyMs = 0) {
		this.latencyMs = latencyMs;
	}

	/** @param tempo - of the clock */
	play(tempo: number, ticks: number): void {
		const half = 60_000 / tempo / 24 / 2;
		for (let tick = 0; tick < ticks; tick++) {
			this.input.receive({ type: "clock" }, this.timeMs);
			this.#pass(half);
			const { beat, isRunning } = this.transport;
			this.input.compare({ timeMs: this.timeMs, beat, tempo, isRunning, latencyMs: this.latencyMs });
			this.#pass(half);
		}
	}

	#pass(milliseconds: number): void {
		this.timeMs += milliseconds;
		this.transport.advance(milliseconds);
	}
}

test("the tempo is followed after a beat, and set again only when it changes", () => {
	const stage = new Stage();
	stage.play(140, 96);
	expect(stage.transport.calls).toEqual(["tempo 140.0"]);
	expect(stage.input.tempo).toBeCloseTo(140, 6);
});

test("a start takes effect on the clock's next tick, at the beat 0", () => {
	const stage = new Stage();
	stage.play(120, 48);
	stage.input.receive({ type: "start" }, stage.timeMs);
	expect(stage.transport.isRunning).toBe(false);
	stage.play(120, 1);
	expect(stage.transport.calls.slice(1)).toEqual(["move 0.00", "start"]);
});

test("a transport that starts with the clock is as far in as it is heard late, and is never nudged", () => {
	const stage = new Stage(50);
	stage.play(120, 48);
	stage.input.receive({ type: "start" }, stage.timeMs);
	stage.play(120, 24 * 16);
	expect(stage.transport.calls.slice(1)).toEqual(["move 0.10", "start"]);
});

test("stop stops, and continue goes on with the tick after the last", () => {
	const stage = new Stage();
	stage.play(120, 48);
	stage.input.receive({ type: "start" }, stage.timeMs);
	stage.play(120, 37);
	stage.input.receive({ type: "stop" }, stage.timeMs);
	stage.input.receive({ type: "continue" }, stage.timeMs);
	stage.play(120, 1);
	expect(stage.transport.calls.slice(3)).toEqual(["stop", "move 1.54", "start"]);
});

test("a song position is where continue goes on", () => {
	const stage = new Stage();
	stage.play(120, 48);
	stage.input.receive({ type: "song-position", sixteenths: 18 }, stage.timeMs);
	stage.input.receive({ type: "continue" }, stage.timeMs);
	stage.play(120, 1);
	expect(stage.transport.calls.slice(1)).toEqual(["move 4.50", "start"]);
});

test("a transport that is off is nudged on the beat, once", () => {
	const stage = new Stage();
	stage.play(120, 48);
	stage.input.receive({ type: "start" }, stage.timeMs);
	stage.play(120, 24);
	stage.transport.nudge(-0.2);
	stage.play(120, 1);
	stage.transport.calls.length = 0;
	stage.play(120, 24 * 8);
	expect(stage.transport.calls).toEqual(["nudge 0.20"]);
});

test("a clock without estimate starts the transport, too", () => {
	const stage = new Stage(50);
	stage.input.receive({ type: "start" }, stage.timeMs);
	stage.play(120, 1);
	expect(stage.transport.calls).toEqual(["move 0.00", "start"]);
});

test("a clock that is reset is forgotten, and told so", () => {
	const stage = new Stage();
	const heard: (number | null)[] = [];
	stage.input.changes.add((tempo) => heard.push(tempo === null ? null : Math.round(tempo)));
	stage.play(140, 48);
	stage.input.reset();
	stage.input.reset();
	expect(heard).toEqual([140, null]);
	expect(stage.input.tempo).toBeNull();
});

test("a clock that falls silent has no tempo, and the transport keeps the one it had", () => {
	const stage = new Stage();
	stage.play(140, 48);
	stage.input.compare({ timeMs: stage.timeMs + 1900, beat: 0, tempo: 140, isRunning: false, latencyMs: 0 });
	expect(stage.input.tempo).toBeCloseTo(140, 6);
	stage.input.compare({ timeMs: stage.timeMs + 2100, beat: 0, tempo: 140, isRunning: false, latencyMs: 0 });
	expect(stage.input.tempo).toBeNull();
	expect(stage.transport.calls).toEqual(["tempo 140.0"]);
});

test("a clock outside the transport's tempi is not followed", () => {
	const stage = new Stage();
	stage.play(500, 96);
	expect(stage.transport.calls).toEqual([]);
});
