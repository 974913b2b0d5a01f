/** A program that uses the package, and the settings that it is compiled with. */
export interface Project {
	/** Names in `consumers/`. */
	readonly files: readonly string[];
	readonly settings: Readonly<Record<string, unknown>>;
	/** The compilers that it is for; all of them when left out. */
	readonly compilers?: readonly string[];
}

const OLD = ["5.4", "5.9"];

/** By what is special about each. */
export const projects: Readonly<Record<string, Project>> = {
	"page-with-a-condition": {
		files: ["page.ts"],
		settings: { module: "nodenext", customConditions: ["browser"], lib: ["es2022", "dom"], types: [] },
	},
	"page-for-a-bundler": {
		files: ["page.ts"],
		settings: { module: "esnext", moduleResolution: "bundler", lib: ["es2022", "dom"], types: [] },
	},
	"language-alone": {
		files: ["bare.ts", "common.cts"],
		settings: { module: "nodenext", lib: ["es2022"], types: [] },
	},
	"language-alone-for-a-bundler": {
		files: ["bare.ts"],
		settings: { module: "esnext", moduleResolution: "bundler", lib: ["es2022"], types: [] },
	},
	"resolution-before-exports": {
		files: ["bare.ts"],
		settings: { module: "esnext", moduleResolution: "node10", lib: ["es2022"], types: [] },
		compilers: OLD,
	},
	node: {
		files: ["node.ts"],
		settings: { module: "nodenext", lib: ["es2022"], types: ["node"] },
		compilers: ["7"],
	},
	// Checking Node's declarations takes these compilers longer than everything else; the package's are checked above.
	"node-with-old-compilers": {
		files: ["node.ts"],
		settings: { module: "nodenext", lib: ["es2022"], types: ["node"], skipLibCheck: true },
		compilers: OLD,
	},
	"node-with-loudspeaker": {
		files: ["node.ts", "peer.ts"],
		settings: { module: "nodenext", lib: ["es2022", "dom"], types: ["node"] },
		compilers: ["7"],
	},
	disposal: {
		files: ["disposal.ts"],
		settings: { module: "nodenext", lib: ["es2022", "esnext.disposable"], types: [] },
	},
};
