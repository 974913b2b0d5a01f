/**
 * Starts a module worker, from any origin: a browser starts workers of the page's own origin alone, but a module of another one may be
 * imported by a module of the page's own, where its server allows that (CORS) and the page's Content-Security-Policy allows `blob:` in
 * `worker-src`.
 *
 * @param onError - told once the page has heard all that the worker has sent before
 * @returns null when it cannot be started, which is told.
 */
export function startWorker(location: string, name: string, onError: (reason: string) => void): Worker | null {
	const starter = isOwnOrigin(location) ? null : importing(location);
	const forget = (): void => {
		if (starter !== null) URL.revokeObjectURL(starter);
	};
	let worker: Worker;
	try {
		worker = new Worker(starter ?? location, { type: "module", name });
	} catch (error) {
		forget();
		setTimeout(() => onError(String(error)));
		return null;
	}
	worker.addEventListener("message", forget, { once: true });
	worker.addEventListener("error", (event) => {
		event.preventDefault();
		forget();
		const reason = event.message || `${location} cannot be loaded`;
		setTimeout(() => onError(reason));
	});
	worker.addEventListener("messageerror", () => onError("a message could not be read"));
	return worker;
}

/**
 * Whether the browser starts a worker from there that has the page's origin: one from a `data:` address has none, so no Web Locks. A
 * sandboxed frame has no origin either.
 */
function isOwnOrigin(location: string): boolean {
	try {
		const { origin, protocol } = new URL(location, document.baseURI);
		return origin === globalThis.origin || protocol === "blob:";
	} catch {
		return true;
	}
}

/** The address of a module of the page's own that imports another one. */
function importing(location: string): string {
	const script = `import ${JSON.stringify(new URL(location, document.baseURI).href)};`;
	return URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
}
