import { memoryUsage } from "node:process";
import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** Bytes that this process holds on to in objects and buffers, garbage not counted. */
export async function retainedBytes(): Promise<number> {
	// What the first round finalizes is free only after a turn.
	collectGarbage();
	await setImmediate();
	collectGarbage();
	const { heapUsed, external } = memoryUsage();
	return heapUsed + external;
}
