// Runs the code of a live example in the page that shows it, with the engine that lies beside the site.
(() => {
	const root = new URL("..", document.currentScript.src);
	const address = (file) => new URL(`engine/${file}`, root).href;
	const map = document.createElement("script");
	map.type = "importmap";
	map.textContent = JSON.stringify({ imports: { "flitzis-looper": address("index.browser.js") } });
	document.head.append(map);

	async function run(code, button) {
		button.disabled = true;
		button.textContent = "Running";
		const module = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
		try {
			await import(module);
		} catch (error) {
			const failure = document.createElement("p");
			failure.className = "run-failure";
			failure.textContent = `${error.name}: ${error.message}`;
			button.after(failure);
			button.disabled = false;
			button.textContent = "Run again";
		} finally {
			URL.revokeObjectURL(module);
		}
	}

	addEventListener("DOMContentLoaded", () => {
		for (const controls of document.querySelectorAll("p.live")) {
			const block = controls.nextElementSibling;
			const code = block?.querySelector("code")?.textContent ?? "";
			const button = document.createElement("button");
			button.className = "run";
			button.type = "button";
			button.textContent = "Run";
			button.addEventListener("click", () => void run(code, button));
			controls.prepend(button);
		}
	});
})();
