import {
	ARGUMENT,
	MOVE_TRANSPORT,
	NUDGE_TRANSPORT,
	START_ANCHOR_AGE,
	START_ANCHOR_BEAT,
	START_ANCHORED,
	START_TRANSPORT,
	STOP_TRANSPORT,
} from "../../../engine/src/protocol/commands";
import { MAX_BEAT, MAX_BEATS } from "../../../engine/src/protocol/parameters";
import { now } from "./clock";
import { moveSynced } from "./pad-moves";
import { cancelAllQueued } from "./pad-queue";
import { releaseSynced } from "./pads";
import { clearHeap, lined } from "./pending";
import {
	beatAt,
	haltTransport,
	isTransportRunning,
	jumpToBeat,
	shiftBeat,
	startAnchored,
	startTransport,
} from "./transport";

/** f64 holds every whole number up to here. */
const MAX_AGE: f64 = 9_007_199_254_740_992;

/** Does what a command says to the transport. @returns false, with nothing changed, when an argument is out of range */
export function controlTransport(command: usize, type: u32): bool {
	switch (type) {
		case START_TRANSPORT:
			return start(command);
		case STOP_TRANSPORT:
			stop();
			return true;
		case MOVE_TRANSPORT:
			return move(load<f64>(command, ARGUMENT));
		case NUDGE_TRANSPORT:
			return nudge(load<f64>(command, ARGUMENT));
		default:
			return false;
	}
}

function start(command: usize): bool {
	if (load<u32>(command, START_ANCHORED) == 0) {
		startTransport();
		return true;
	}
	const beat = load<f64>(command, START_ANCHOR_BEAT);
	const age = load<f64>(command, START_ANCHOR_AGE);
	if (!(beat >= 0 && beat <= MAX_AGE && age >= 0 && age <= MAX_AGE)) return false;
	startAnchored(beat, age);
	return true;
}

/** Cancels what waits for a line: there are none any more. */
function stop(): void {
	haltTransport();
	cancelAllQueued();
	clearHeap(lined);
	releaseSynced();
}

function move(beat: f64): bool {
	if (!(beat >= 0 && beat <= MAX_BEAT)) return false;
	const before = beatAt(now());
	jumpToBeat(beat);
	if (isTransportRunning()) moveSynced(beat - before);
	return true;
}

function nudge(beats: f64): bool {
	if (!(beats >= -MAX_BEATS && beats <= MAX_BEATS)) return false;
	const before = beatAt(now());
	shiftBeat(beats);
	if (isTransportRunning()) moveSynced(beatAt(now()) - before);
	return true;
}
