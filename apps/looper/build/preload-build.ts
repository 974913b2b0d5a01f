import type { HtmlTagDescriptor, Plugin } from "vite";

/** What every start compiles: the kernel for threads that share memory, and the loader threads'. */
const PRELOADED = /^assets\/(?:kernel|loader)-[\w-]{8}\.wasm$/u;

/** Has a build's page ask for the kernels at once, instead of when its script asks for them. */
export function preloadBuild(): Plugin {
	return {
		name: "preload-build",
		apply: "build",
		transformIndexHtml: {
			order: "post",
			handler(_html, { bundle = {} }): HtmlTagDescriptor[] {
				const files = Object.keys(bundle).filter((file) => PRELOADED.test(file));
				if (files.length !== 2) throw new Error(`The build must have two kernels to preload, not ${files.join(", ")}.`);
				return files.map((file) => ({
					tag: "link",
					// The credentials are those of `fetch`, or it would fetch again.
					attrs: { rel: "preload", as: "fetch", type: "application/wasm", crossorigin: true, href: `./${file}` },
					injectTo: "head",
				}));
			},
		},
	};
}
