/** Commands for a line: where each of them falls due, also when the transport is moved. */
import { addPending, firstKey, lined, quantumOf, renewKey } from "./pending";
import { framesToLine, lineFromMove, nextLine, transportMoves } from "./transport";

/** As of when the lines are right. */
let seenMoves: u32 = 0;

/** Nothing waits. */
export function resetLines(): void {
	seenMoves = transportMoves();
}

/** Keeps a command for the next line of a quantum. @returns as `addPending` */
export function addLined(command: usize, ring: u32, quantum: f64): bool {
	followMoves();
	return addPending(lined, command, reinterpret<u64>(nextLine(quantum)), ring, quantum);
}

/** Frames until the first command is due, 0 and less when it is; 2^63 - 1 when none waits. */
export function framesUntilLine(): i64 {
	if (lined.count == 0) return i64.MAX_VALUE;
	followMoves();
	return framesToLine(reinterpret<f64>(firstKey(lined)));
}

/** Lets every command wait for the next line from here when the transport has been moved: once, however often that was. */
function followMoves(): void {
	if (seenMoves == transportMoves()) return;
	seenMoves = transportMoves();
	for (let index: u32 = 0; index < lined.count; index++) {
		renewKey(lined, index, reinterpret<u64>(lineFromMove(quantumOf(lined, index))));
	}
}
