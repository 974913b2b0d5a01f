// Runs all static checks, then lists the failed ones.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

const PACKED = ["--pack", "packages/engine", "--entrypoints", ".", "./stream"];

/** Types come first: the linter reads the compiler's output. */
const CHECKS = [
	["types", "npx", "tsc", "-b"],
	["format", "npx", "biome", "check", "--error-on-warnings"],
	["lint", "npx", "oxlint", "--type-aware", "--deny-warnings"],
	["unused code", "npx", "knip"],
	["package shape", "npx", "publint", "packages/engine"],
	// CommonJS has to import the package, as docs/decisions/0015-declarations.md says; the other entries are no modules.
	["package types", "npx", "attw", ...PACKED, "--ignore-rules", "cjs-resolves-to-esm"],
	["documentation", "npx", "-w", "site", "typedoc", "--emit", "none"],
	["bundle size", "node", "scripts/check-bundle.mjs"],
	["licences", "node", "scripts/check-licences.mjs"],
	["notices", "node", "scripts/third-party-notices.mjs", "--check"],
];

const failed = CHECKS.filter(([name = "", command = "", ...args]) => {
	process.stdout.write(`\n== ${name}: ${command} ${args.join(" ")}\n`);
	const shell = process.platform === "win32";
	return spawnSync(command, args, { cwd: ROOT, shell, stdio: ["ignore", "inherit", "inherit"] }).status !== 0;
});

process.stdout.write(
	failed.length === 0 ? "\nAll checks passed.\n" : `\nFailed: ${failed.map(([name]) => name).join(", ")}\n`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
