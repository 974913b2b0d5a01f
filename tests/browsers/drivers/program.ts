import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** A program that a test has started, with all that it starts itself. */
export interface Program {
	/** What it wrote to stderr so far, its newest part. */
	said(): string;
	/** Rejects when the program ends by itself. */
	readonly ended: Promise<never>;
	readonly child: ChildProcess;
	/** Ends it and everything it started. */
	stop(): Promise<void>;
}

const KEPT_CHARACTERS = 4_000;

/** @param environment - the whole of it */
export function startProgram(
	path: string,
	args: readonly string[],
	environment: Readonly<Record<string, string | undefined>>,
): Program {
	// A group of its own, so that it can be ended with its children.
	const child = spawn(path, args, { env: environment, stdio: ["ignore", "pipe", "pipe"], detached: true });
	let text = "";
	for (const stream of [child.stdout, child.stderr]) {
		stream.on("data", (chunk: Buffer) => {
			text = (text + chunk.toString()).slice(-KEPT_CHARACTERS);
		});
	}
	const exited = once(child, "exit");
	const ended = exited.then((): never => {
		throw new Error(`${path} ended by itself: ${text}`);
	});
	// Whoever waits for something of the program races it with this; nobody has to.
	ended.catch(() => {});
	return {
		said: () => text,
		ended,
		child,
		async stop() {
			if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
				process.kill(-child.pid, "SIGKILL");
				await exited;
			}
		},
	};
}
