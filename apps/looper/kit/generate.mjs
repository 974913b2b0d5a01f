// @ts-check
// Synthesises the demo kit into the app's public folder, where the build and the development server find it. The sounds
// are computed, not recorded, so the repository holds no audio and every sound is free of other people's rights.
import { fileURLToPath } from "node:url";
import { writeKit } from "./write-kit.mjs";

await writeKit(fileURLToPath(new URL("../public/kit/", import.meta.url)));
