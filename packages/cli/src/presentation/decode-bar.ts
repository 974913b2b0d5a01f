import { basename } from "node:path";
import type { Writable } from "node:stream";
import cliProgress from "cli-progress";
import { printable } from "./printable.ts";

/** A progress bar for the file being decoded or rendered, shown only on terminals. */
export class DecodeBar {
	readonly #bar: cliProgress.SingleBar;
	readonly #isShown: boolean;

	constructor(stream: Writable & { readonly isTTY?: boolean }) {
		this.#isShown = stream.isTTY === true;
		this.#bar = new cliProgress.SingleBar({
			stream,
			format: "{bar} {percentage}% {stage} {file}",
			barCompleteChar: "\u2588",
			barIncompleteChar: "\u2591",
			barsize: 24,
			clearOnComplete: true,
			hideCursor: true,
			gracefulExit: false,
		});
	}

	/** @param path - as the user named the file */
	start(path: string): void {
		if (this.#isShown) this.#bar.start(1, 0, { stage: "", file: printable(basename(path)) });
	}

	/** @param percent - 0..1 */
	update(percent: number, stage: string): void {
		if (this.#isShown) this.#bar.update(percent, { stage });
	}

	/** Clears the bar's line. */
	stop(): void {
		if (this.#isShown) this.#bar.stop();
	}
}
