import { expect, test } from "vitest";
import { recordKey } from "./record-keys.ts";

const altR = { code: "KeyR", repeat: false, shiftKey: false, ctrlKey: false, altKey: true, metaKey: false };

test("Alt+R records, and with Shift it keeps what was just heard", () => {
	expect(recordKey(altR)).toBe("record");
	expect(recordKey({ ...altR, shiftKey: true })).toBe("keep-last");
});

test.each([{ altKey: false }, { repeat: true }, { ctrlKey: true }, { metaKey: true }, { code: "KeyT" }])(
	"a key with %j does nothing",
	(difference) => {
		expect(recordKey({ ...altR, ...difference })).toBeNull();
	},
);
