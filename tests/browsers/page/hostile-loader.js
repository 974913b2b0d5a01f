// A loader thread like the real one, but a source that begins with "HOSTILE" makes it write over its region for ever.
let pcm;
let hostileRequest = null;

/** Where memory is not shared, all that it can do is send what nobody gave it credit for. */
function writeForEver(address) {
	if (pcm instanceof WebAssembly.Memory) {
		const region = new Float32Array(pcm.buffer, address, 100_000);
		for (let value = 1; ; value++) region.fill(value);
	}
	for (let chunk = 0; chunk < 1000; chunk++) {
		const buffer = new Float32Array(4096).fill(chunk).buffer;
		pcm.postMessage({ type: "chunk", address, bytes: 16_384, buffer }, [buffer]);
	}
	for (;;) {
		// Never hears anything again.
	}
}

function takesHostile(message) {
	if (message.type === "initialize") pcm = message.pcm;
	if (message.type === "load" && message.source.kind === "bytes") {
		if (String.fromCharCode(...message.source.bytes.subarray(0, 7)) === "HOSTILE") {
			hostileRequest = message.requestId;
			self.postMessage({ type: "started", requestId: hostileRequest });
			self.postMessage({ type: "progress", requestId: hostileRequest, percent: 0.5, stage: "Loading (decoding)" });
			self.postMessage({ type: "reserve", requestId: hostileRequest, bytes: 400_000 });
			return true;
		}
	}
	if (message.type === "lent" && message.requestId === hostileRequest) {
		writeForEver(message.address);
	}
	return message.requestId !== undefined && message.requestId === hostileRequest;
}

const waiting = [];
let listener = (message) => waiting.push(message);
const listen = self.addEventListener.bind(self);
listen("message", ({ data }) => takesHostile(data) || listener(data));
self.addEventListener = (type, listensTo) => {
	if (type !== "message") return listen(type, listensTo);
	listener = (data) => listensTo({ data });
	for (const message of waiting.splice(0)) listener(message);
};
await import("./engine/loader-thread.js");
