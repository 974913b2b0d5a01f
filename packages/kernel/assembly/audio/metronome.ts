/** The metronome: a click on every beat, higher and louder on the first of a bar. */
import { parameterDefault, TRANSPORT_METRONOME_GAIN } from "../../../engine/src/protocol/parameters";
import { HEADER, HEADER_SAMPLE_RATE } from "../../../engine/src/protocol/shared-memory";
import { now } from "./clock";
import { audible, flooredSample, gainFromDecibels } from "./gain";
import { FRAME_BYTES } from "./mix";
import { framesToLine, isDownbeat, isTransportRunning, nextLine, transportJumps } from "./transport";

const MAX_CLICK_FRAMES: u32 = 4096;
const CLICKS_PER_SECOND: u32 = 50;
const CLICK_HERTZ: f64 = 1000;
const ACCENT_HERTZ: f64 = 1500;
/** Of a click without accent. */
const CLICK_LEVEL: f64 = 0.5;

const CLICK = memory.data(4096 * 4, 16);
const ACCENT = memory.data(4096 * 4, 16);

let isOn: bool = false;
let gain: f32 = 0;
let clickFrames: u32 = 0;
/** The next beat that clicks, while it is known; it is as of so many jumps of the transport. */
let nextBeat: f64 = 0;
let isBeatKnown: bool = false;
let seenJumps: u32 = 0;
/** The click that sounds: where it is, and its gain, which stays as it was on its beat. */
let click: usize = 0;
let clickPosition: u32 = 0;
let clickGain: f32 = 0;

/** Makes the clicks, and switches off. */
export function resetMetronome(): void {
	const sampleRate = load<u32>(HEADER, HEADER_SAMPLE_RATE);
	clickFrames = min(max<u32>(sampleRate / CLICKS_PER_SECOND, 1), MAX_CLICK_FRAMES);
	makeClick(CLICK, CLICK_HERTZ / <f64>max<u32>(sampleRate, 1), CLICK_LEVEL);
	makeClick(ACCENT, ACCENT_HERTZ / <f64>max<u32>(sampleRate, 1), 1);
	clickPosition = clickFrames;
	setMetronomeGain(parameterDefault(TRANSPORT_METRONOME_GAIN));
	setMetronome(false);
}

/** Switches it on or off; a click that has begun sounds to its end. */
export function setMetronome(on: bool): void {
	isOn = on;
	if (!on) isBeatKnown = false;
}

/** Sets the gain of the clicks that follow. */
export function setMetronomeGain(decibels: f64): void {
	gain = audible(gainFromDecibels(decibels));
}

/** Whether a click sounds, or will. */
export function isMetronomeBusy(): bool {
	return clickPosition < clickFrames || (isOn && isTransportRunning());
}

/** Adds the clicks of the next frames to a bus. */
export function renderMetronome(bus: usize, frames: u32): void {
	if (!isMetronomeBusy()) return;
	for (let done: u32 = 0; done < frames; ) {
		const run = min<u32>(frames - done, framesUntilClick(done));
		addClick(bus + done * FRAME_BYTES, run);
		done += run;
	}
}

/** Begins the click that is due so many frames ahead. @returns frames from there to the next one */
function framesUntilClick(ahead: u32): u32 {
	if (!isOn || !isTransportRunning()) return u32.MAX_VALUE;
	if (!isBeatKnown || seenJumps != transportJumps()) findBeat();
	if (framesToLine(nextBeat) <= <i64>ahead) {
		click = isDownbeat(nextBeat) ? ACCENT : CLICK;
		clickPosition = 0;
		clickGain = gain;
		nextBeat++;
	}
	// The next beat may have passed where the tempo has just jumped up.
	return <u32>min<i64>(max<i64>(framesToLine(nextBeat) - ahead, 1), u32.MAX_VALUE);
}

function findBeat(): void {
	nextBeat = nextLine(1);
	isBeatKnown = true;
	seenJumps = transportJumps();
}

function addClick(bus: usize, frames: u32): void {
	const run = min(frames, clickFrames - clickPosition);
	let sample = click + clickPosition * sizeof<f32>();
	for (const end = bus + run * FRAME_BYTES; bus < end; bus += FRAME_BYTES, sample += sizeof<f32>()) {
		const value = load<f32>(sample) * clickGain;
		store<f32>(bus, load<f32>(bus) + value);
		store<f32>(bus, load<f32>(bus, 4) + value, 4);
	}
	clickPosition += run;
}

/** A sine that falls to nothing in a straight line. */
function makeClick(target: usize, cyclesPerFrame: f64, level: f64): void {
	for (let frame: u32 = 0; frame < clickFrames; frame++) {
		const envelope = <f64>(clickFrames - frame) / <f64>clickFrames;
		const value = level * envelope * Math.sin(2 * Math.PI * cyclesPerFrame * <f64>frame);
		store<f32>(target + frame * sizeof<f32>(), flooredSample(<f32>value));
	}
}
