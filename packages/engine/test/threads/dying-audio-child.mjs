// A process that reports that it can decode, and crashes at its first file, as native code may.
process.on("message", () => process.kill(process.pid, "SIGKILL"));
process.send?.({ type: "ready" });
