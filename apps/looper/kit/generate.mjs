// @ts-check
// Synthesises the demo kit into the app's public folder for the build and the development server. The sounds
// are computed, not recorded, so the repository holds no audio and no third-party rights apply.
import { fileURLToPath } from "node:url";
import { writeKit } from "./write-kit.mjs";

await writeKit(fileURLToPath(new URL("../public/kit/", import.meta.url)));
