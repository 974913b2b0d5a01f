import { LooperError } from "./errors.ts";
import type { Host, ThreadAsset } from "./host.ts";

/** The error of a thread whose script the platform does not run: the same file would fail again. */
export function threadCannotStart(host: Pick<Host, "threadRemedy">, asset: ThreadAsset, reason: string): LooperError {
	const name = asset.replace("Thread", " thread");
	const message = `The ${name} cannot start (${reason}). ${host.threadRemedy(asset)}`;
	return new LooperError("unsupported-platform", message);
}
