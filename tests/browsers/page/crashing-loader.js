// A loader thread that fails as soon as it is asked for something.
self.addEventListener("message", ({ data }) => {
	if (data.type === "initialize") self.postMessage({ type: "initialized" });
	if (data.type === "load") throw new Error("this loader thread crashes");
});
