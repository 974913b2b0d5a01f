// Puts the built app into the package, before it is packed.
import { cpSync, existsSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const built = fileURLToPath(new URL("../../apps/looper/dist", import.meta.url));
const app = fileURLToPath(new URL("app", import.meta.url));
if (!existsSync(built)) throw new Error("The app is not built. Run npm run build.");
rmSync(app, { recursive: true, force: true });
cpSync(built, app, { recursive: true });
