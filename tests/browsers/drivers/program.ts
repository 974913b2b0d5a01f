import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** A program started by a test, with its child processes. */
export interface Program {
	/** The latest part of its stderr. */
	said(): string;
	/** Rejects if the program exits on its own. */
	readonly ended: Promise<never>;
	readonly child: ChildProcess;
	/** Terminates it and its child processes. */
	stop(): Promise<void>;
}

const KEPT_CHARACTERS = 4_000;

/** @param environment - the complete environment */
export function startProgram(
	path: string,
	args: readonly string[],
	environment: Readonly<Record<string, string | undefined>>,
): Program {
	// A separate process group, so that it can be terminated with its children.
	const child = spawn(path, args, { env: environment, stdio: ["ignore", "pipe", "pipe"], detached: true });
	let text = "";
	for (const stream of [child.stdout, child.stderr]) {
		stream.on("data", (chunk: Buffer) => {
			text = (text + chunk.toString()).slice(-KEPT_CHARACTERS);
		});
	}
	const exited = once(child, "exit");
	const ended = exited.then((): never => {
		throw new Error(`${path} exited on its own: ${text}`);
	});
	// Suppress the unhandled rejection; callers may race other promises with `ended`.
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
