// An analysis thread that crashes on its first request.

self.addEventListener("message", ({ data }) => {
	if (data.type === "initialize") self.postMessage({ type: "initialized" });
	if (data.type === "analyze") throw new Error("This analysis thread crashes.");
});
