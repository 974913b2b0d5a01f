import { LooperError } from "./errors.ts";
import type { Host, ThreadAsset } from "./host.ts";

const NAMES: Readonly<Record<ThreadAsset, string>> = {
	loaderThread: "loader thread",
	recordingThread: "recording thread",
	analysisThread: "analysis thread",
};

/** The error of a thread whose script the platform does not run: the same file would fail again. */
export function threadCannotStart(host: Pick<Host, "threadRemedy">, asset: ThreadAsset, reason: string): LooperError {
	const message = `The ${NAMES[asset]} cannot start (${reason}). ${host.threadRemedy(asset)}`;
	return new LooperError("unsupported-platform", message);
}
