import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** What programs in Node install beside the package. */
const NEIGHBOURS = ["@types/node", "undici-types", "node-web-audio-api"];

/** Packs the built package and unpacks it into the `node_modules` of a folder, as an installation does. @returns its files. */
export function installPacked(folder: string): readonly string[] {
	const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
	const told = execFileSync("npm", args, { cwd: join(ROOT, "packages/engine"), encoding: "utf8" });
	const [packed] = JSON.parse(told) as {
		readonly filename: string;
		readonly files: readonly { readonly path: string }[];
	}[];
	if (packed === undefined) throw new Error(`npm pack told nothing: ${told}`);
	const target = join(folder, "node_modules/flitzis-looper");
	mkdirSync(target, { recursive: true });
	execFileSync("tar", ["-xzf", join(folder, packed.filename), "-C", target, "--strip-components=1"]);
	mkdirSync(join(folder, "node_modules/@types"));
	for (const name of NEIGHBOURS)
		symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name), "junction");
	writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
	return packed.files.map(({ path }) => path);
}
