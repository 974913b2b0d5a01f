/** Without shared memory, the only attack is to send chunks beyond the credit. */
function writeEndlessly(pcm, address) {
	if (pcm instanceof WebAssembly.Memory) {
		const region = new Float32Array(pcm.buffer, address, 100_000);
		for (let value = 1; ; value++) region.fill(value);
	}
	for (let chunk = 0; chunk < 1000; chunk++) {
		const buffer = new Float32Array(4096).fill(chunk).buffer;
		pcm.postMessage({ type: "chunk", address, bytes: 16_384, buffer }, [buffer]);
	}
	for (;;) {
		// Never handles another message.
	}
}

/**
 * Makes a loader thread hostile: bytes that begin with "HOSTILE" make it write to its region endlessly.
 *
 * @param post - posts a message of the thread
 * @returns a function that tells whether a message to the thread was intercepted
 */
export function hostileInterceptor(post) {
	let pcm;
	let hostileRequest = null;
	return (message) => {
		if (message.type === "initialize") pcm = message.pcm;
		if (message.type === "load" && message.source.kind === "bytes") {
			if (String.fromCharCode(...message.source.bytes.subarray(0, 7)) === "HOSTILE") {
				hostileRequest = message.requestId;
				post({ type: "started", requestId: hostileRequest });
				post({ type: "progress", requestId: hostileRequest, percent: 0.5, stage: "Loading (decoding)" });
				post({ type: "reserve", requestId: hostileRequest, bytes: 400_000 });
				return true;
			}
		}
		if (message.type === "allocated" && message.requestId === hostileRequest) writeEndlessly(pcm, message.address);
		return message.requestId !== undefined && message.requestId === hostileRequest;
	};
}
