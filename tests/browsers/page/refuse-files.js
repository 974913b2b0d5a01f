// Disables the private file system.
if ("StorageManager" in self) {
	const refuse = () => Promise.reject(new DOMException("refused", "SecurityError"));
	Object.defineProperty(StorageManager.prototype, "getDirectory", { value: refuse });
}
