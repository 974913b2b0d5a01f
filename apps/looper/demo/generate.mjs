// @ts-check
// Synthesises the demo set into the app's public folder for the build and the development server. The sounds
// are computed, not recorded, so the repository holds no audio and no third-party rights apply.
import { fileURLToPath } from "node:url";
import { writeDemo } from "./write-demo.mjs";

await writeDemo(fileURLToPath(new URL("../public/demo/", import.meta.url)));
