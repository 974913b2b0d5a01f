import * as entry from "flitzis-looper";
import { OfflineAudioContext } from "node-web-audio-api";
import { expect, test } from "vitest";
import { digest, files } from "./golden/golden-files.ts";
import { goldenDigestInContext } from "./golden/golden-performance.ts";

test("the golden performance has its digest through the worklet in Node's OfflineAudioContext", async () => {
	expect(await goldenDigestInContext(entry, files, (options) => new OfflineAudioContext(options))).toBe(digest);
});
