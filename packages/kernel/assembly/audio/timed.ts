/** Records with a frame of their own: kept until it comes, so that they take effect inside a block. */
import {
	AT_FRAME,
	PLAY_SAMPLE,
	RECORD_FRAME_LOW,
	RECORD_TYPE,
	SET_MASTER_GAIN,
	STOP_ALL,
	STOP_SAMPLE,
	UNLOAD_SAMPLE,
} from "../../../engine/src/protocol/control-messages";
import { now } from "./clock";
import { applyRecord, skipRecord } from "./control";
import { addPending, clearPending, countTimedDone, nextPendingFrame, takePending } from "./pending";

let lateRecords: u32 = 0;

/** Forgets every waiting record and the count. */
export function resetTimed(): void {
	clearPending();
	lateRecords = 0;
}

/** Records whose frame had passed when they were read. */
export function lateRecordCount(): u32 {
	return lateRecords;
}

/** Takes up a record with a frame of its own: keeps it, or applies it at once when its frame is now or has passed. */
export function takeTimedRecord(record: usize, ring: u32): void {
	const type = load<u32>(record, RECORD_TYPE) ^ AT_FRAME;
	const frame = load<u64>(record, RECORD_FRAME_LOW);
	if (canWait(type) && frame > now()) {
		if (addPending(record, ring)) return;
		skipRecord();
	} else if (canWait(type)) {
		if (frame < now()) lateRecords++;
		applyRecord(record, type);
	} else {
		skipRecord();
	}
	countTimedDone(ring);
}

/** Applies the waiting records whose frame is the next to be rendered. */
export function applyDueRecords(): void {
	while (nextPendingFrame() <= now()) {
		const record = takePending();
		applyRecord(record, load<u16>(record, RECORD_TYPE) ^ AT_FRAME);
	}
}

/** How many of the next frames can be rendered before a waiting record is due. */
export function framesUntilDue(frames: u32): u32 {
	return <u32>min<u64>(frames, nextPendingFrame() - now());
}

/** Whether records of the type may wait. A sample must not: while it waited nobody would hold its handle. */
function canWait(type: u32): bool {
	return (
		type == PLAY_SAMPLE || type == STOP_SAMPLE || type == STOP_ALL || type == UNLOAD_SAMPLE || type == SET_MASTER_GAIN
	);
}
