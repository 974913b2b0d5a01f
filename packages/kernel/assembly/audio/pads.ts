/** Pads: what a press, a release and a stop mean is decided here, where the frame is known. */
import {
	GLOBAL_QUANTUM,
	LAUNCH_GATE,
	LAUNCH_REPEAT,
	LAUNCH_TOGGLE,
	PAD_LAUNCH_MODE,
	PAD_LAUNCH_QUANTUM,
	PAD_LOOP,
	PAD_STOP_QUANTUM,
	PAD_SYNC,
	PAD_TRIGGER_MUTE,
	TRANSPORT_LATE_WINDOW,
	TRANSPORT_QUANTUM,
} from "../../../engine/src/protocol/parameters";
import {
	PAD_IDLE,
	PAD_PAUSED,
	PAD_PLAYING,
	PAD_QUEUED,
	PAD_STOPPING,
} from "../../../engine/src/protocol/shared-memory";
import { now } from "./clock";
import { forgetPause, isPaused } from "./pad-moves";
import {
	cancelAction,
	cancelQueued,
	NO_ACTION,
	QUEUED_REPEAT,
	QUEUED_START,
	QUEUED_STOP,
	queueAction,
	queuedOf,
} from "./pad-queue";
import { masterParameter, padParameter } from "./parameter-values";
import { sampleIn, slotLimit } from "./samples";
import { choke, startPad } from "./start-pad";
import { stripOf } from "./strip";
import { framesOf, framesOfSeconds, framesSinceLine, isTransportRunning, startTransport } from "./transport";
import { Voice } from "./voice";
import { endVoice, padLoopOf, stopVoicesOf } from "./voices";

/** Presses that meant a start so far. */
let presses: u64 = 0;

/** Whether something sounds that a press has started. */
export function isPlaying(slot: u32): bool {
	return stripOf(slot).pressedVoices > 0;
}

/** One of the PAD states. */
export function padState(slot: u32): u32 {
	const action = queuedOf(slot).action;
	if (isPlaying(slot)) return action == QUEUED_STOP ? PAD_STOPPING : PAD_PLAYING;
	if (isStart(action)) return PAD_QUEUED;
	return isPaused(slot) ? PAD_PAUSED : PAD_IDLE;
}

/** The line that the pad waits for, NaN when it waits for none. */
export function queuedBeat(slot: u32): f64 {
	const queued = queuedOf(slot);
	return isStart(queued.action) || isStopping(slot) ? queued.beat : NaN;
}

/** Whether a queued action is a start. */
export function isStart(action: u8): bool {
	return action == QUEUED_START || action == QUEUED_REPEAT;
}

/** Whether a pad may start: it holds something, and is not muted for triggers. */
export function canStart(slot: u32): bool {
	return sampleIn(slot).handle != 0 && padParameter(slot, PAD_TRIGGER_MUTE) == 0;
}

/** A press. It is ignored by an empty pad, and by one that is muted for triggers. */
export function pressPad(slot: u32, velocity: f32): void {
	if (!canStart(slot)) return;
	const queued = queuedOf(slot);
	if (queued.action == QUEUED_START) return cancelQueued(slot);
	if (launchMode(slot) == LAUNCH_TOGGLE && isPlaying(slot)) return stopPad(slot);
	queued.velocity = velocity;
	queued.press = ++presses;
	queued.isRepeating = launchMode(slot) == LAUNCH_REPEAT;
	const quantum = quantumOf(slot, PAD_LAUNCH_QUANTUM);
	const late = framesLate(quantum);
	if (late >= 0) launch(slot, <u32>late);
	else queueAction(slot, QUEUED_START, quantum);
}

/** The pad is let go. */
export function releasePad(slot: u32): void {
	const mode = launchMode(slot);
	if (mode == LAUNCH_GATE) return letGo(slot);
	if (mode != LAUNCH_REPEAT) return;
	if (isStart(queuedOf(slot).action)) cancelAction(slot);
	queuedOf(slot).isRepeating = false;
	// What plays once rings out.
	if (padParameter(slot, PAD_LOOP) != 0) letGo(slot);
}

/** Stops what is held; a pause outlasts it. The shortest tap is heard. */
function letGo(slot: u32): void {
	if (isPlaying(slot)) stopPad(slot, true);
	else cancelQueued(slot);
}

/** Stops what presses have started, on a line of the stop quantum; cancels a start. @param isHeard - as in `endVoice` */
export function stopPad(slot: u32, isHeard: bool = false): void {
	if (isStopping(slot)) return;
	if (!isPlaying(slot)) {
		forgetPause(slot);
		return cancelQueued(slot);
	}
	queuedOf(slot).isRepeating = false;
	const quantum = quantumOf(slot, PAD_STOP_QUANTUM);
	if (framesLate(quantum) >= 0) endPad(slot, isHeard);
	else queueAction(slot, QUEUED_STOP, quantum);
}

/** Stops, on this frame, what presses have started. @param isHeard - as in `endVoice` */
export function endPad(slot: u32, isHeard: bool = false): void {
	cancelQueued(slot);
	stopVoicesOf(slot, true, isHeard);
}

/** Starts the pad on this frame. @param lateFrames - since the line that the press was meant for */
function launch(slot: u32, lateFrames: u32): void {
	cancelAction(slot);
	startTransport();
	choke(slot);
	begin(slot, lateFrames);
}

/** The last part of a launch, behind the chokes. */
export function begin(slot: u32, lateFrames: u32): void {
	const queued = queuedOf(slot);
	queued.startFrame = now();
	forgetPause(slot);
	startPad(slot, queued.velocity, lateFrames);
	repeatLater(slot);
}

/** Lets a pad that is held in repeat wait for its next line. */
export function repeatLater(slot: u32): void {
	if (!queuedOf(slot).isRepeating) return;
	const quantum = quantumOf(slot, PAD_LAUNCH_QUANTUM);
	if (quantum != 0) queueAction(slot, QUEUED_REPEAT, quantum);
}

/** Releases the loops that follow the transport, which has stopped. */
export function releaseSynced(): void {
	for (let slot: u32 = 0; slot < slotLimit(); slot++) {
		const loop = padLoopOf(slot);
		if (loop != 0 && padParameter(slot, PAD_SYNC) != 0) endVoice(changetype<Voice>(loop));
	}
}

function isStopping(slot: u32): bool {
	return queuedOf(slot).action == QUEUED_STOP && isPlaying(slot);
}

/** Frames by which what comes now comes after its line, within the late window; 0 where there are no lines; -1 when it has to wait. */
function framesLate(quantum: f64): i64 {
	if (quantum == 0 || !isTransportRunning()) return 0;
	const frames = framesSinceLine(quantum);
	const most = min(framesOfSeconds(masterParameter(TRANSPORT_LATE_WINDOW)), framesOf(quantum) / 2);
	return <f64>frames <= most ? frames : -1;
}

function quantumOf(slot: u32, parameter: u32): f64 {
	const quantum = padParameter(slot, parameter);
	return quantum == GLOBAL_QUANTUM ? masterParameter(TRANSPORT_QUANTUM) : quantum;
}

function launchMode(slot: u32): i32 {
	return <i32>padParameter(slot, PAD_LAUNCH_MODE);
}
