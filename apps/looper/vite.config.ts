import { fileURLToPath } from "node:url";
import { defineConfig, type UserConfig } from "vite";
import { indentationBuild } from "./build/indentation-build.ts";
import { offlineBuild, SERVICE_WORKER } from "./build/offline-build.ts";
import { preloadBuild } from "./build/preload-build.ts";

/** What lets the page share memory with its threads. */
const isolationHeaders = {
	"Cross-Origin-Opener-Policy": "same-origin",
	"Cross-Origin-Embedder-Policy": "require-corp",
};

const config: UserConfig = defineConfig({
	base: "./",
	build: {
		target: "esnext",
		assetsInlineLimit: 0,
		modulePreload: { polyfill: false },
		rolldownOptions: {
			input: {
				index: fileURLToPath(new URL("index.html", import.meta.url)),
				[SERVICE_WORKER]: fileURLToPath(new URL("src/offline/service-worker.worker.ts", import.meta.url)),
			},
			output: {
				entryFileNames: ({ name }) => (name === SERVICE_WORKER ? "[name].js" : "assets/[name]-[hash].js"),
			},
		},
	},
	plugins: [indentationBuild(), preloadBuild(), offlineBuild()],
	worker: { format: "es" },
	server: { headers: isolationHeaders },
	preview: { headers: isolationHeaders },
});

export default config;
