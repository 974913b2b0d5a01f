// Keeps every entry of the cache open, like another page that reads them, and reports it.
const root = await navigator.storage.getDirectory();
const folder = await root.getDirectoryHandle("flitzis-looper");
const held = [];
for await (const handle of folder.values()) held.push(await handle.createSyncAccessHandle());
self.addEventListener("message", () => {
	for (const access of held) access.close();
});
self.postMessage("held");
