// Keeps the app for times without a connection, and isolates its pages where the server does not.
import { byteRange } from "./byte-range.ts";
import { cacheName, fileAt, type OfflineBuild, outdatedCaches, type TakeOver } from "./offline-build.ts";

declare const self: ServiceWorkerGlobalScope;
/** The build writes it in front of this file. */
declare const OFFLINE_BUILD: OfflineBuild;

/** What lets the page share memory with its threads. */
const isolationHeaders: Readonly<Record<string, string>> = {
	"Cross-Origin-Opener-Policy": "same-origin",
	"Cross-Origin-Embedder-Policy": "require-corp",
	"Cross-Origin-Resource-Policy": "same-origin",
};

const { scope } = self.registration;
const ownCache = cacheName(OFFLINE_BUILD.version);
/** The files that are kept, once they are asked for. */
let kept: Promise<Cache> | null = null;

self.addEventListener("install", (event) => event.waitUntil(storeBuild()));
self.addEventListener("activate", (event) => event.waitUntil(begin()));
self.addEventListener("message", ({ data }) => {
	// Otherwise it waits until no page of the version before is open.
	const turn: TakeOver = "take-over";
	if (data === turn) void self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
	const { request } = event;
	const file = request.method === "GET" ? fileAt(request.url, scope, OFFLINE_BUILD) : null;
	// What is not the app's own is left to the browser.
	if (file !== null) event.respondWith(answer(request, file));
});

/** All of the files, or the installation fails and is tried again at the next visit. */
async function storeBuild(): Promise<void> {
	const cache = await caches.open(ownCache);
	// Asks the server instead of the browser's own cache, which may hold files of another build.
	await cache.addAll(OFFLINE_BUILD.files.map((file) => new Request(new URL(file, scope), { cache: "no-cache" })));
	// A server that is being brought up to date may still have the page before, whose scripts are not among these files.
	const page = await cache.match(new URL(OFFLINE_BUILD.page, scope));
	if (page !== undefined && (await sha256Of(page)) === OFFLINE_BUILD.pageHash) return;
	await caches.delete(ownCache);
	throw new Error("The server has files of different versions of the app.");
}

async function sha256Of(response: Response): Promise<string> {
	const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await response.arrayBuffer()));
	return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function begin(): Promise<void> {
	const outdated = outdatedCaches(await caches.keys(), OFFLINE_BUILD.version);
	await Promise.all(outdated.map((name) => caches.delete(name)));
	await self.clients.claim();
}

async function answer(request: Request, file: string): Promise<Response> {
	kept ??= caches.open(ownCache);
	const stored = await (await kept).match(new URL(file, scope));
	if (stored === undefined) return isolated(await fetch(request));
	return isolated(await partOf(stored, request.headers.get("range")));
}

/** What a request asks for of a file that is kept: media elements ask for parts, and Safari plays nothing else. */
async function partOf(stored: Response, range: string | null): Promise<Response> {
	if (range === null) return stored;
	const file = await stored.blob();
	const part = byteRange(range, file.size);
	const headers = new Headers(stored.headers);
	headers.set("Accept-Ranges", "bytes");
	if (part === "whole") return new Response(file, { headers });
	if (part === "none") {
		headers.set("Content-Range", `bytes */${file.size}`);
		return new Response(null, { status: 416, headers });
	}
	headers.set("Content-Range", `bytes ${part.start}-${part.end - 1}/${file.size}`);
	headers.set("Content-Length", String(part.end - part.start));
	return new Response(file.slice(part.start, part.end), { status: 206, headers });
}

/** The response with the headers for isolation. */
function isolated(response: Response): Response {
	const wanted = Object.entries(isolationHeaders);
	// Redirects and opaque responses cannot be copied, and what has the headers already need not be.
	if (response.status === 0 || wanted.every(([name, value]) => response.headers.get(name) === value)) return response;
	const headers = new Headers(response.headers);
	for (const [name, value] of wanted) headers.set(name, value);
	return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
