/** The transport: which beat a frame has, and on which frame a line lies. */
import { parameterDefault, TRANSPORT_BEATS_PER_BAR, TRANSPORT_TEMPO } from "../../../engine/src/protocol/parameters";
import { HEADER, HEADER_SAMPLE_RATE } from "../../../engine/src/protocol/shared-memory";
import { now } from "./clock";

let isRunning: bool = false;
/** The beat last moved to, which the transport starts at. */
let startBeat: f64 = 0;
/** The beat that it had at a frame, since when the tempo is the same. The frame may lie before 0, which wraps. */
let anchorBeat: f64 = 0;
let anchorFrame: u64 = 0;
let tempo: f64 = 0;
let beatsPerBar: f64 = 0;
let framesPerMinute: f64 = 0;
let jumps: u32 = 0;
let moves: u32 = 0;
/** The beat of the last move. */
let movedBeat: f64 = 0;

/** Stops at beat 0. */
export function resetTransport(): void {
	framesPerMinute = 60 * <f64>max<u32>(load<u32>(HEADER, HEADER_SAMPLE_RATE), 1);
	tempo = parameterDefault(TRANSPORT_TEMPO);
	beatsPerBar = parameterDefault(TRANSPORT_BEATS_PER_BAR);
	startBeat = 0;
	isRunning = false;
	setAnchor(0, 0);
}

/** Whether it runs. */
export function isTransportRunning(): bool {
	return isRunning;
}

/** The beat that it starts at. */
export function transportStart(): f64 {
	return startBeat;
}

/** The beat of the anchor; while it stands still, the one that it starts at. */
export function transportAnchor(): f64 {
	return isRunning ? anchorBeat : startBeat;
}

/** The frame of the anchor; while it stands still, the next frame. */
export function transportAnchorFrame(): u64 {
	return isRunning ? anchorFrame : now();
}

/** Beats per minute. */
export function transportTempo(): f64 {
	return tempo;
}

/** How often it has been started, moved or nudged: whoever counts beats begins anew then. */
export function transportJumps(): u32 {
	return jumps;
}

/** How often it has been moved to a beat: what waits for a line goes to the next one then. */
export function transportMoves(): u32 {
	return moves;
}

/** Starts it on this frame, if it stands still. */
export function startTransport(): void {
	if (isRunning) return;
	isRunning = true;
	setAnchor(startBeat, now());
}

/** Starts it as if it had had a beat so many frames ago. */
export function startAnchored(beat: f64, age: f64): void {
	isRunning = true;
	setAnchor(beat, now() - <u64>age);
}

/** Stops it; it goes back to the beat that it starts at. */
export function haltTransport(): void {
	isRunning = false;
}

/** Sets the beat that this frame has, and that it starts at. */
export function jumpToBeat(beat: f64): void {
	startBeat = beat;
	movedBeat = beat;
	setAnchor(beat, now());
	moves++;
}

/** Moves the beat of this frame, not below 0. */
export function shiftBeat(beats: f64): void {
	if (isRunning) setAnchor(max(beatAt(now()) + beats, 0), now());
	else startBeat = max(startBeat + beats, 0);
}

/** Sets the tempo from this frame on. */
export function setTempo(beatsPerMinute: f64): void {
	if (beatsPerMinute == tempo) return;
	anchorBeat = beatAt(now());
	anchorFrame = now();
	tempo = beatsPerMinute;
}

/** Sets how many beats a bar has. */
export function setBeatsPerBar(beats: f64): void {
	beatsPerBar = beats;
}

/** Whether a whole beat is the first of its bar. */
export function isDownbeat(beat: f64): bool {
	return floor(beat / beatsPerBar) * beatsPerBar == beat;
}

/** The beat of a frame. */
export function beatAt(frame: u64): f64 {
	if (!isRunning) return startBeat;
	return anchorBeat + (<f64>(<i64>(frame - anchorFrame)) * tempo) / framesPerMinute;
}

/** Frames from now to a line, ties up; less than 0 when it has passed. */
export function framesToLine(line: f64): i64 {
	const frames = floor(((line - anchorBeat) * framesPerMinute) / tempo + 0.5);
	return <i64>frames - <i64>(now() - anchorFrame);
}

/** How many frames so many beats are. */
export function framesOf(beats: f64): f64 {
	return (beats * framesPerMinute) / tempo;
}

/** How many frames so many seconds are. */
export function framesOfSeconds(seconds: f64): f64 {
	return (seconds * framesPerMinute) / 60;
}

/** The first line of a quantum that lies on this frame or after it. */
export function nextLine(quantum: f64): f64 {
	return lineIndex(quantum, 0) * quantum;
}

/** The first line of a quantum at the beat of this frame's last move, whatever nudge came behind it, or after that. */
export function lineFromMove(quantum: f64): f64 {
	let index = floor(movedBeat / quantum);
	for (let attempt = 0; attempt < 3 && floor(framesOf(index * quantum - movedBeat) + 0.5) < 0; attempt++) index++;
	return index * quantum;
}

/** The first line of a quantum after this frame. */
export function lineAfter(quantum: f64): f64 {
	return lineIndex(quantum, 1) * quantum;
}

/** Frames since the last line of a quantum, 0 on a line; -1 when there has been none. */
export function framesSinceLine(quantum: f64): i64 {
	const index = lineIndex(quantum, 1) - 1;
	return index < 0 ? -1 : -framesToLine(index * quantum);
}

/** The number of the first line of a quantum that lies so many frames ahead or more. */
function lineIndex(quantum: f64, frames: i64): f64 {
	let index = floor(beatAt(now()) / quantum);
	// A line lies up to half a frame beside its beat. Bounded, because beats beyond 2^53 do not grow by 1.
	for (let attempt = 0; attempt < 3 && framesToLine(index * quantum) < frames; attempt++) index++;
	return index;
}

function setAnchor(beat: f64, frame: u64): void {
	anchorBeat = beat;
	anchorFrame = frame;
	jumps++;
}
