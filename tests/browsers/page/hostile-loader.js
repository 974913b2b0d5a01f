// A loader thread like the real one, but hostile to bytes that begin with "HOSTILE".
import { hostileInterceptor } from "./hostile-messages.js";

const intercepts = hostileInterceptor((message) => self.postMessage(message));
const waiting = [];
let listener = (message) => waiting.push(message);
const listen = self.addEventListener.bind(self);
listen("message", ({ data }) => intercepts(data) || listener(data));
self.addEventListener = (type, listensTo) => {
	if (type !== "message") return listen(type, listensTo);
	listener = (data) => listensTo({ data });
	for (const message of waiting.splice(0)) listener(message);
};
await import("./engine/loader-thread.js");
