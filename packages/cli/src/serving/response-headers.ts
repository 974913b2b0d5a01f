/** What the app's pages and threads may load, including worker and worklet scripts. */
const CONTENT_SECURITY_POLICY = [
	"default-src 'self'",
	"script-src 'self' 'wasm-unsafe-eval'",
	// Samples may come from any address that the user names.
	"connect-src 'self' data: blob: http: https:",
	// Takes are played from their files.
	"media-src 'self' blob:",
	"object-src 'none'",
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
].join("; ");

/** Headers of every response: cross-origin isolation for shared memory, and restrictions. */
export const responseHeaders: ReadonlyMap<string, string> = new Map([
	["Cross-Origin-Opener-Policy", "same-origin"],
	["Cross-Origin-Embedder-Policy", "require-corp"],
	["Cross-Origin-Resource-Policy", "same-origin"],
	["Content-Security-Policy", CONTENT_SECURITY_POLICY],
	["Referrer-Policy", "no-referrer"],
	["X-Content-Type-Options", "nosniff"],
]);
