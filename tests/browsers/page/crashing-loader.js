// A loader thread that crashes on its first load.
self.addEventListener("message", ({ data }) => {
	if (data.type === "initialize") self.postMessage({ type: "initialized" });
	if (data.type === "load") throw new Error("This loader thread crashes.");
});
