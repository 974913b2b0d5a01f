import { memoryUsage } from "node:process";
import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** Bytes that this process retains in objects and buffers, garbage not counted. */
export async function retainedBytes(): Promise<number> {
	// Memory finalized by the first collection is only freed a turn later.
	collectGarbage();
	await setImmediate();
	collectGarbage();
	const { heapUsed, external } = memoryUsage();
	return heapUsed + external;
}
