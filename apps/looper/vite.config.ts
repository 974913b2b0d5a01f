import { defineConfig, type UserConfig } from "vite";

/** What lets the page share memory with its threads. */
const isolationHeaders = {
	"Cross-Origin-Opener-Policy": "same-origin",
	"Cross-Origin-Embedder-Policy": "require-corp",
};

const config: UserConfig = defineConfig({
	base: "./",
	build: { target: "esnext", assetsInlineLimit: 0, modulePreload: { polyfill: false } },
	worker: { format: "es" },
	server: { headers: isolationHeaders },
	preview: { headers: isolationHeaders },
});

export default config;
