// Puts the licence and the notices into a package that is about to be packed; run in its folder.
import { copyFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

for (const name of ["LICENSE", "THIRD-PARTY-NOTICES.md"])
	copyFileSync(fileURLToPath(new URL(`../${name}`, import.meta.url)), name);
