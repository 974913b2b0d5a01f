// Counts the bytes read from Blobs in this thread, and reports them over the channel on request.
let readBytes = 0;

function counting(prototype, method, lengthOf) {
	const original = prototype[method];
	prototype[method] = function count(...args) {
		const result = original.apply(this, args);
		if (!(result instanceof Promise)) {
			readBytes += lengthOf(result);
			return result;
		}
		return result.then((answer) => {
			readBytes += lengthOf(answer);
			return answer;
		});
	};
}

counting(FileReaderSync.prototype, "readAsArrayBuffer", ({ byteLength }) => byteLength);
for (const reader of [globalThis.ReadableStreamBYOBReader, ReadableStreamDefaultReader]) {
	if (reader !== undefined) counting(reader.prototype, "read", ({ value }) => value?.byteLength ?? 0);
}

const channel = new BroadcastChannel("read-bytes");
channel.addEventListener("message", () => channel.postMessage(readBytes));
