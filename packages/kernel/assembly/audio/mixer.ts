/** The mix: each pad's voices through its strip onto the master, pads in the order of their number. */
import { SOURCE_CUE, SOURCE_MASTER, SOURCE_PAD } from "../../../engine/src/protocol/capture-ring";
import { MAX_BLOCK_FRAMES, MAX_SLOTS } from "../../../engine/src/protocol/shared-memory";
import { addToBatch, flushBatch } from "./batch";
import { addBus, applyGain, clearBus } from "./bus";
import { captureBus, isCaptured } from "./capture";
import { now } from "./clock";
import { cueBus, sendToCue } from "./cue";
import { equalize, isEngaged } from "./equalizer";
import { renderMaster } from "./master";
import { isMetering, measurePad } from "./meter";
import { renderMetronome } from "./metronome";
import { FRAME_BYTES } from "./mix";
import { isFlat, isSilent, Ramp } from "./ramp";
import { beginRing, cueOf, framesSounding, nextBusyPad, Strip, settleStrip, stripOf } from "./strip";
import { followSolo } from "./strip-gain";
import { fitRelease, framesToFinish, hasEnded, renderVoice, Voice, wholeRunGain, wholeRunOf } from "./voice";
import { dropVoice, releaseVoice } from "./voices";

/** The bus of the pad that is being rendered, and of one whose equalizer waits for a second, because two are filtered at once. */
const SCRATCH = memory.data(MAX_BLOCK_FRAMES * 8, 16);
const WAITING = memory.data(MAX_BLOCK_FRAMES * 8, 16);
const NONE: u32 = MAX_SLOTS;
let isWaiting: bool = false;
let waitingPad: u32 = 0;
/** The run's first frame in the block, and its bus. */
let firstFrame: u32 = 0;
let master: usize = 0;

/** The bus of a voice with a gain of its own. */
const VOICE_BUS = memory.data(MAX_BLOCK_FRAMES * 8, 16);

/** Renders the next frames. @param bus - address in the block's mix; @param first - the first frame, counted from the block's */
export function renderRun(bus: usize, first: u32, frames: u32): void {
	master = bus;
	firstFrame = first;
	followSolo();
	clearBus(master, frames);
	for (let slot = nextBusyPad(0); slot < <u32>MAX_SLOTS; slot = nextBusyPad(slot + 1)) {
		if (stripOf(slot).isEqualized) renderEqualizedPad(slot, frames);
		else renderPad(slot, frames);
	}
	finishWaitingPad(frames);
	flushBatch(master, frames);
	renderMetronome(master, frames);
	renderMaster(master, frames);
	captureBus(SOURCE_MASTER, 0, master, frames);
	captureBus(SOURCE_CUE, 0, cueBus(first), frames);
}

function renderPad(slot: u32, frames: u32): void {
	finishWaitingPad(frames);
	const strip = stripOf(slot);
	// A voice that adds one value to each frame makes the same sum without the scratch bus.
	if (isFlat(strip) && !strip.isCued && strip.firstVoice == strip.lastVoice && !isCaptured(slot)) {
		const voice = changetype<Voice>(strip.firstVoice);
		const source = wholeRunOf(voice, frames);
		if (source != 0) return addToBatch(slot, master, source, frames, wholeRunGain(voice));
	}
	clearBus(SCRATCH, frames);
	renderVoices(strip, SCRATCH, frames);
	finishPad(slot, SCRATCH, frames);
}

function renderEqualizedPad(slot: u32, frames: u32): void {
	const bus = isWaiting ? SCRATCH : WAITING;
	clearBus(bus, frames);
	renderVoices(stripOf(slot), bus, frames);
	isWaiting = !isWaiting;
	if (isWaiting) {
		waitingPad = slot;
		return;
	}
	const first = waitingPad;
	const phase = framesSounding();
	equalize(first, WAITING, ringingFrames(first, frames), slot, SCRATCH, ringingFrames(slot, frames), phase);
	finishPad(first, WAITING, frames);
	finishPad(slot, SCRATCH, frames);
}

/** Does without a second pad: before one that is not filtered, and at the end of the run. */
function finishWaitingPad(frames: u32): void {
	if (!isWaiting) return;
	isWaiting = false;
	const slot = waitingPad;
	equalize(slot, WAITING, ringingFrames(slot, frames), NONE, SCRATCH, 0, framesSounding());
	finishPad(slot, WAITING, frames);
}

/** How many of the run's frames the pad rings at least. */
function ringingFrames(slot: u32, frames: u32): u32 {
	const strip = stripOf(slot);
	return strip.firstVoice != 0 ? frames : <u32>min<u64>(frames, strip.ringEnd - now());
}

/** Sends a pad's bus, behind its equalizer, to the cue bus and through its gain to the master. */
function finishPad(slot: u32, bus: usize, frames: u32): void {
	const strip = stripOf(slot);
	if (strip.isEqualized) strip.isEqualized = isEngaged(slot);
	if (strip.isCued) {
		const cue = cueOf(slot);
		sendToCue(bus, firstFrame, frames, cue);
		strip.isCued = !isSilent(cue);
	}
	applyGain(bus, frames, strip);
	if (isMetering()) measurePad(slot, bus, frames);
	captureBus(SOURCE_PAD, slot, bus, frames);
	flushBatch(master, frames);
	addBus(master, bus, frames);
	settleStrip(slot, now() + frames);
}

function renderVoices(strip: Strip, bus: usize, frames: u32): void {
	let sounded: u32 = 0;
	for (let at = strip.firstVoice; at != 0; ) {
		const voice = changetype<Voice>(at);
		at = voice.next;
		const done = voice.hasGain ? renderWithGain(voice, bus, frames) : renderOne(voice, bus, frames);
		sounded = max(sounded, done);
		if (done < frames || hasEnded(voice, now() + frames)) dropVoice(voice);
	}
	if (strip.firstVoice == 0 && sounded > 0) beginRing(strip, now() + sounded);
}

/** Renders a voice through its own gain. */
function renderWithGain(voice: Voice, bus: usize, frames: u32): u32 {
	clearBus(VOICE_BUS, frames);
	const done = renderOne(voice, VOICE_BUS, frames);
	applyGain(VOICE_BUS, frames, changetype<Ramp>(voice.ramp));
	addBus(bus, VOICE_BUS, frames);
	return done;
}

/** Renders a voice, and its release where its region comes to an end. @returns how many frames there were */
function renderOne(voice: Voice, bus: usize, frames: u32): u32 {
	const held = framesToFinish(voice, now());
	if (held >= <f64>frames) return renderVoice(voice, bus, now(), frames);
	const done = renderVoice(voice, bus, now(), <u32>held);
	fitRelease(voice, now() + done);
	releaseVoice(voice);
	return done + renderVoice(voice, bus + done * FRAME_BYTES, now() + done, frames - done);
}
