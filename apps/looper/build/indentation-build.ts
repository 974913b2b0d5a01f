import type { Plugin } from "vite";

/** Modules whose templates hold markup and styles. */
const TEMPLATES = /\.browser\.ts$/u;

/** Leaves the indentation of templates out of a build: minifiers keep every character of them. */
export function indentationBuild(): Plugin {
	return {
		name: "indentation-build",
		apply: "build",
		enforce: "pre",
		transform(code, id): { code: string; map: null } | null {
			return TEMPLATES.test(id) ? { code: code.replaceAll(/\n\t+/gu, "\n"), map: null } : null;
		},
	};
}
