import { runCommandLine } from "./command-line.ts";
import { endings } from "./terminal.ts";

const ending = new AbortController();
for (const signal of endings) process.once(signal, () => ending.abort(signal));

const { stdin, stdout, stderr } = process;
for (const stream of [stdout, stderr]) {
	stream.on("error", (error: NodeJS.ErrnoException) => {
		// Whoever reads the output may leave early, as `head` does.
		if (error.code !== "EPIPE") throw error;
	});
}
const code = await runCommandLine(process.argv.slice(2), { stdin, stdout, stderr, signal: ending.signal });
process.exitCode = code;
// A terminal or a pipe that is still being read would keep the process alive, and `process.exit` waits for a thread that is opening a
// pipe without a writer. The handlers are gone by now, so the signal ends the process.
if (ending.signal.aborted && code !== 0) process.kill(process.pid, ending.signal.reason);
