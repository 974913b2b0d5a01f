import * as parameters from "../../engine/src/protocol/parameters.ts";
import type { Command } from "./kernel-host.ts";
import { ModelPad, type ModelVoice, type Wait } from "./model-pad.ts";
import { type Mode, type PadEvent, padTable, type Situation } from "./pad-table.ts";
import { TransportModel } from "./transport-model.ts";

const MODES: readonly Mode[] = ["trigger", "gate", "toggle", "repeat"];

type PadCommand = Exclude<Command, { readonly type: "stopAll" | "gain" | `transport${string}` }>;

/** A command that waits for its frame or its line. */
interface Waiting {
	readonly command: Command;
	/** A frame, or a line. */
	at: number;
}

/** Pads that play one pulse each: the rules of docs/guide/looping.md, frame by frame. */
export class PadModel {
	readonly transport: TransportModel;
	readonly #lengths: readonly number[];
	readonly #pads: ModelPad[];
	readonly #values: Map<number, number> = new Map();
	#voices: ModelVoice[] = [];
	#timed: Waiting[] = [];
	#lined: Waiting[] = [];
	#presses = 0;
	chokedLaunches = 0;

	/** @param lengths - frames of each pad's sample */
	constructor(lengths: readonly number[], sampleRate: number) {
		this.#lengths = lengths;
		this.#pads = lengths.map(() => new ModelPad());
		this.transport = new TransportModel(sampleRate);
	}

	/** Renders frames, mono; the commands arrive with the first. */
	render(frames: number, commands: readonly Command[]): Float32Array {
		const heard = new Float32Array(frames);
		for (let frame = 0; frame < frames; frame++) {
			this.#applyDue();
			if (frame === 0) for (const command of commands) this.#take(command);
			this.#applyDue();
			this.#runQueue();
			heard[frame] = this.#pulses();
			this.transport.frame++;
		}
		return heard;
	}

	/** 0 = idle, 1 = playing, 2 = queued, 3 = stopping. */
	state(slot: number): number {
		const { wait } = this.#pads[slot]!;
		if (this.#isPlaying(slot)) return wait?.action === "stop" ? 3 : 1;
		return wait === null || wait.action === "stop" ? 0 : 2;
	}

	/** NaN when nothing waits. */
	queuedBeat(slot: number): number {
		const { wait } = this.#pads[slot]!;
		return wait === null || (wait.action === "stop" && !this.#isPlaying(slot)) ? Number.NaN : wait.line;
	}

	#take(command: Command): void {
		const { atFrame, atLine } = command;
		if (command.type === "stopAll" && atFrame === undefined && atLine === undefined) {
			this.#timed = [];
			this.#lined = [];
		}
		if (atFrame !== undefined && atFrame > this.transport.frame) this.#timed.push({ command, at: atFrame });
		else if (atLine !== undefined && this.transport.isRunning && !this.#isLine(atLine))
			this.#lined.push({ command, at: this.transport.lineFrom(atLine, this.transport.frame) });
		else this.#apply(command);
	}

	#isLine(quantum: number): boolean {
		return this.transport.frameOf(this.transport.lineFrom(quantum, this.transport.frame)) === this.transport.frame;
	}

	#applyDue(): void {
		this.#applyFirst(
			() => this.#timed,
			(at) => at <= this.transport.frame,
		);
		this.#applyFirst(
			() => this.#lined,
			(at) => this.transport.frameOf(at) <= this.transport.frame,
		);
	}

	/** Applies what is due, the earliest first, of equal ones the one that arrived first. */
	#applyFirst(list: () => Waiting[], isDue: (at: number) => boolean): void {
		while (list().length > 0) {
			const first = list().reduce((one, other) => (other.at < one.at ? other : one));
			if (!isDue(first.at)) return;
			list().splice(list().indexOf(first), 1);
			this.#apply(first.command);
		}
	}

	#apply(command: Command): void {
		switch (command.type) {
			case "transportStart":
				this.transport.start();
				break;
			case "transportStop":
				this.#stopTransport();
				break;
			case "transportMove":
				this.#move(command.beat);
				break;
			case "transportNudge":
				this.transport.nudge(command.beats);
				break;
			case "stopAll":
				for (const [slot] of this.#pads.entries()) this.#silence(slot);
				break;
			case "gain":
				break;
			case "load":
			case "play":
			case "stop":
			case "unload":
			case "set":
			case "press":
			case "release":
			case "stopPad":
			case "cancelQueued":
				this.#applyTo(command);
				break;
		}
	}

	#applyTo(command: PadCommand): void {
		const { slot } = command;
		const pad = this.#pads[slot]!;
		switch (command.type) {
			case "load":
				pad.isFilled = true;
				break;
			case "unload":
				this.#silence(slot);
				pad.isFilled = false;
				break;
			case "play":
				if (pad.isFilled)
					this.#sound(slot, { velocity: command.velocity, isLooping: false, isPressed: false, late: 0 });
				break;
			case "stop":
				this.#silence(slot);
				break;
			case "set":
				this.#set(slot, command.parameter, command.value);
				break;
			case "press":
				if (!this.#canStart(slot)) break;
				this.#meet(slot, "press", command.velocity);
				break;
			case "release":
				this.#meet(slot, "release");
				break;
			case "stopPad":
				this.#meet(slot, "stop");
				break;
			case "cancelQueued":
				this.#meet(slot, "cancel");
				break;
		}
	}

	/** Looks up what an event means, and does it. */
	#meet(slot: number, event: PadEvent, velocity = 0): void {
		const pad = this.#pads[slot]!;
		const mode = MODES[pad.get(parameters.PAD_LAUNCH_MODE)]!;
		switch (padTable[mode][event][this.#situation(slot)]) {
			case "start":
				Object.assign(pad, { velocity, press: ++this.#presses, isHeld: mode === "repeat" });
				this.#start(slot);
				break;
			case "stop":
				this.#stop(slot, event === "release");
				break;
			case "drop":
				pad.wait = null;
				pad.isHeld = false;
				break;
			case "let go":
				pad.wait = null;
				pad.isHeld = false;
				if (pad.get(parameters.PAD_LOOP) !== 0 && this.#isPlaying(slot)) this.#stop(slot, true);
				break;
			case "-":
				break;
		}
		if (event === "release" && mode === "repeat") pad.isHeld = false;
	}

	#situation(slot: number): Situation {
		const { wait } = this.#pads[slot]!;
		const isPlaying = this.#isPlaying(slot);
		if (wait?.action === "repeat") return "held";
		if (wait?.action === "start") return isPlaying ? "restarting" : "queued";
		if (!isPlaying) return "idle";
		return wait === null ? "playing" : "stopping";
	}

	#start(slot: number): void {
		const quantum = this.#quantum(slot, parameters.PAD_LAUNCH_QUANTUM);
		if (this.#mustWait(quantum)) this.#queue(slot, "start", quantum);
		else {
			const late = quantum === 0 || !this.transport.isRunning ? 0 : this.transport.framesSince(quantum);
			this.#pads[slot]!.wait = null;
			this.transport.start();
			this.#choke(slot);
			this.#begin(slot, late);
		}
	}

	#stop(slot: number, isHeard: boolean): void {
		const pad = this.#pads[slot]!;
		pad.isHeld = false;
		if (!this.#isPlaying(slot)) {
			pad.wait = null;
			return;
		}
		const quantum = this.#quantum(slot, parameters.PAD_STOP_QUANTUM);
		if (this.#mustWait(quantum)) this.#queue(slot, "stop", quantum);
		else this.#end(slot, isHeard);
	}

	/** Whether something has come too late for the last line, or too early for the next one. */
	#mustWait(quantum: number): boolean {
		if (quantum === 0 || !this.transport.isRunning) return false;
		const window = this.transport.framesOfSeconds(this.#get(parameters.TRANSPORT_LATE_WINDOW));
		return this.transport.framesSince(quantum) > Math.min(window, this.transport.framesOfBeats(quantum) / 2);
	}

	#queue(slot: number, action: Wait["action"], quantum: number): void {
		const line = this.transport.lineFrom(quantum, this.transport.frame + 1);
		this.#pads[slot]!.wait = { action, quantum, line };
	}

	#runQueue(): void {
		const due = (slot: number): Wait["action"] | null => {
			const { wait } = this.#pads[slot]!;
			return wait !== null && this.transport.frameOf(wait.line) <= this.transport.frame ? wait.action : null;
		};
		const slots = this.#pads.map((_, slot) => slot);
		for (const slot of slots.filter((one) => due(one) === "stop")) this.#end(slot);
		const wanted = slots.filter((slot) => due(slot) !== null);
		const allowed = wanted.filter((slot) => this.#canStart(slot));
		const winners = allowed.filter((slot) => !slots.some((other) => this.#beats(other, slot, allowed)));
		this.chokedLaunches += allowed.length - winners.length;
		for (const slot of wanted) this.#pads[slot]!.wait = null;
		for (const slot of winners) this.#choke(slot);
		for (const slot of wanted) {
			if (winners.includes(slot)) this.#begin(slot);
			else this.#repeat(slot);
		}
	}

	/** Whether another pad of the choke group that starts on this frame was pressed later. */
	#beats(other: number, slot: number, starting: readonly number[]): boolean {
		if (other === slot || !this.#chokes(other, slot)) return false;
		const { press, startFrame } = this.#pads[other]!;
		const starts = starting.includes(other) || (startFrame === this.transport.frame && this.#isPlaying(other));
		return starts && press > this.#pads[slot]!.press;
	}

	#begin(slot: number, late = 0): void {
		const pad = this.#pads[slot]!;
		const isLooping = pad.get(parameters.PAD_LOOP) !== 0;
		pad.startFrame = this.transport.frame;
		if (pad.get(parameters.PAD_RETRIGGER) === 0) this.#endVoices(slot, true);
		else if (isLooping) this.#endVoices(slot, true, true);
		this.#sound(slot, { velocity: pad.velocity, isLooping, isPressed: true, late: isLooping ? late : 0 });
		this.#repeat(slot);
	}

	#repeat(slot: number): void {
		const pad = this.#pads[slot]!;
		if (!pad.isHeld) return;
		const quantum = this.#quantum(slot, parameters.PAD_LAUNCH_QUANTUM);
		if (quantum !== 0) this.#queue(slot, "repeat", quantum);
	}

	#choke(slot: number): void {
		for (const [other] of this.#pads.entries()) {
			if (other !== slot && this.#chokes(slot, other)) this.#endVoices(other, true);
		}
	}

	#chokes(one: number, other: number): boolean {
		if (this.#get(parameters.TRANSPORT_EXCLUSIVE) !== 0) return true;
		const group = this.#pads[one]!.get(parameters.PAD_CHOKE_GROUP);
		return group !== 0 && group === this.#pads[other]!.get(parameters.PAD_CHOKE_GROUP);
	}

	#stopTransport(): void {
		this.transport.stop();
		this.#lined = [];
		for (const [slot, pad] of this.#pads.entries()) {
			pad.wait = null;
			pad.isHeld = false;
			if (pad.get(parameters.PAD_SYNC) !== 0 && pad.get(parameters.PAD_LOOP) !== 0) this.#endVoices(slot, true);
		}
	}

	#move(beat: number): void {
		this.transport.move(beat);
		const next = (quantum: number): number => this.transport.lineFrom(quantum, this.transport.frame);
		for (const { wait } of this.#pads) if (wait !== null) wait.line = next(wait.quantum);
		for (const waiting of this.#lined) waiting.at = next(waiting.command.atLine ?? 0);
	}

	#end(slot: number, isHeard = false): void {
		this.#pads[slot]!.wait = null;
		this.#pads[slot]!.isHeld = false;
		this.#endVoices(slot, true, false, isHeard);
	}

	#silence(slot: number): void {
		this.#end(slot);
		this.#endVoices(slot, false);
	}

	#canStart(slot: number): boolean {
		const pad = this.#pads[slot]!;
		return pad.isFilled && pad.get(parameters.PAD_TRIGGER_MUTE) === 0;
	}

	#isPlaying(slot: number): boolean {
		return this.#voicesOf(slot).some(({ isPressed }) => isPressed);
	}

	/** Those that are not being released. */
	#voicesOf(slot: number): ModelVoice[] {
		const { frame } = this.transport;
		return this.#voices.filter(
			(voice) =>
				voice.slot === slot &&
				voice.end === Number.POSITIVE_INFINITY &&
				(voice.isLooping || frame < voice.start + voice.length),
		);
	}

	#sound(slot: number, how: Pick<ModelVoice, "velocity" | "isLooping" | "isPressed" | "late">): void {
		const { frame } = this.transport;
		this.#voices.push({ slot, start: frame, length: this.#lengths[slot]!, ...how, end: Number.POSITIVE_INFINITY });
	}

	/** One that starts on this frame is heard only when it is let go. */
	#endVoices(slot: number, onlyPressed: boolean, onlyLoops = false, isHeard = false): void {
		const { frame } = this.transport;
		for (const voice of this.#voicesOf(slot)) {
			if ((voice.isPressed || !onlyPressed) && (voice.isLooping || !onlyLoops))
				voice.end = voice.start === frame && !isHeard ? frame - 1 : frame;
		}
	}

	#pulses(): number {
		const { frame } = this.transport;
		this.#voices = this.#voices.filter(
			(voice) => frame <= voice.end && (voice.isLooping || frame < voice.start + voice.length),
		);
		return this.#voices
			.filter(({ start, length, late }) => (frame - start + late) % length === 0)
			.reduce((sum, voice) => sum + voice.velocity * this.#fadeIn(voice), 0);
	}

	/** What a late loop has of its level: all of it after 2 ms. */
	#fadeIn({ start, late }: ModelVoice): number {
		const frames = late === 0 ? 0 : Math.floor(this.transport.framesOfSeconds(0.002));
		const passed = this.transport.frame - start;
		return passed < frames ? Math.fround(passed / frames) : 1;
	}

	#quantum(slot: number, parameter: number): number {
		const quantum = this.#pads[slot]!.get(parameter);
		return quantum === parameters.GLOBAL_QUANTUM ? this.#get(parameters.TRANSPORT_QUANTUM) : quantum;
	}

	#get(parameter: number): number {
		return this.#values.get(parameter) ?? parameters.parameterDefault(parameter);
	}

	#set(slot: number, parameter: number, value: number): void {
		if (parameter < parameters.MASTER_PARAMETER) this.#pads[slot]!.values.set(parameter, value);
		else this.#values.set(parameter, value);
		if (parameter === parameters.PAD_LAUNCH_MODE) {
			const pad = this.#pads[slot]!;
			pad.isHeld = false;
			if (pad.wait?.action === "repeat") pad.wait = null;
		}
		if (parameter === parameters.TRANSPORT_TEMPO) this.transport.setTempo(value);
	}
}
