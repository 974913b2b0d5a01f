import { emptyPad } from "../errors.ts";
import type { RunningEngine } from "../running-engine.ts";
import type { PublishedSample } from "./sample-publisher.ts";

/**
 * Holds what a slot has at the call as long as it is used, whatever is loaded meanwhile. Thread: control.
 *
 * @throws LooperError `empty-pad`, and what `use` throws.
 */
export async function withHeldSample<Result>(
	slot: number,
	{ publisher, samples }: Pick<RunningEngine, "publisher" | "samples">,
	use: (published: PublishedSample) => Promise<Result>,
): Promise<Result> {
	const published = publisher.published(slot);
	if (published === null) throw emptyPad(slot);
	const address = samples.retainPublished(published.command.handle);
	try {
		return await use(published);
	} finally {
		if (address !== null) samples.release(address);
	}
}
