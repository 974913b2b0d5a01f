// A process that says it can decode, and dies at its first file, as native code may.
process.on("message", () => process.kill(process.pid, "SIGKILL"));
process.send?.({ type: "ready" });
