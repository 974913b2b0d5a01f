/** Beats against frames as the documents define them, in plain TypeScript. */
export class TransportModel {
	readonly #sampleRate: number;
	isRunning = false;
	frame = 0;
	#tempo = 120;
	#startBeat = 0;
	#anchor = { beat: 0, frame: 0 };

	constructor(sampleRate: number) {
		this.#sampleRate = sampleRate;
	}

	/** The beat of the next frame. */
	get beat(): number {
		if (!this.isRunning) return this.#startBeat;
		return this.#anchor.beat + ((this.frame - this.#anchor.frame) * this.#tempo) / (60 * this.#sampleRate);
	}

	/** The frame of a line, ties up. */
	frameOf(line: number): number {
		const frames = ((line - this.#anchor.beat) * (60 * this.#sampleRate)) / this.#tempo;
		return this.#anchor.frame + Math.floor(frames + 0.5);
	}

	/** The first line of a quantum on a frame or behind it. */
	lineFrom(quantum: number, frame: number): number {
		let number = Math.floor(this.beat / quantum) - 2;
		while (this.frameOf(number * quantum) < frame) number++;
		return number * quantum;
	}

	/** Frames since the last line of a quantum; infinitely many before the first. */
	framesSince(quantum: number): number {
		const number = Math.round(this.lineFrom(quantum, this.frame + 1) / quantum) - 1;
		return number < 0 ? Number.POSITIVE_INFINITY : this.frame - this.frameOf(number * quantum);
	}

	framesOfBeats(beats: number): number {
		return (beats * 60 * this.#sampleRate) / this.#tempo;
	}

	framesOfSeconds(seconds: number): number {
		return seconds * this.#sampleRate;
	}

	start(): void {
		if (this.isRunning) return;
		this.#anchorAt(this.#startBeat);
		this.isRunning = true;
	}

	stop(): void {
		this.isRunning = false;
	}

	move(beat: number): void {
		this.#startBeat = beat;
		this.#anchorAt(beat);
	}

	nudge(beats: number): void {
		const beat = Math.max(this.beat + beats, 0);
		if (this.isRunning) this.#anchorAt(beat);
		else this.#startBeat = beat;
	}

	setTempo(tempo: number): void {
		if (tempo === this.#tempo) return;
		this.#anchorAt(this.beat);
		this.#tempo = tempo;
	}

	#anchorAt(beat: number): void {
		this.#anchor = { beat, frame: this.frame };
	}
}
