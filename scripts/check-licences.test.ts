import { expect, test } from "vitest";
import { lockFileProblems } from "./check-licences.mjs";

/** The problems of a lock file with one package. */
function problemsOf(license: string | undefined, name = "some-package"): string[] {
	const locked = { version: "1.0.0", ...(license === undefined ? {} : { license }) };
	return lockFileProblems({ packages: { "": {}, [`node_modules/outer/node_modules/${name}`]: locked } });
}

test.each(["MIT", "Apache-2.0", "MPL-2.0", "(MIT OR GPL-3.0-only)", "MIT AND ISC", "GPL-2.0 OR BSD-3-Clause"])(
	"%s is allowed",
	(license) => {
		expect(problemsOf(license)).toEqual([]);
	},
);

test.each(["GPL-3.0-only", "AGPL-3.0", "LGPL-2.1", "MIT AND GPL-2.0", "UNLICENSED", "SEE LICENSE IN file", undefined])(
	"%s is not allowed",
	(license) => {
		expect(problemsOf(license)).toEqual([expect.stringMatching(/^some-package 1\.0\.0 is under .*not allowed\.$/)]);
	},
);

test("the LGPL is allowed only for codec-parser", () => {
	expect(problemsOf("LGPL-3.0-or-later", "codec-parser")).toEqual([]);
	expect(problemsOf("LGPL-3.0-or-later", "codec-parser-too")).toHaveLength(1);
});

test("an address in the lock file is a problem, a link to a workspace package is not", () => {
	const packages = {
		"node_modules/member": { resolved: "packages/member", link: true },
		"node_modules/other": { version: "2.0.0", license: "MIT", resolved: "http://localhost/other-2.0.0.tgz" },
	};
	expect(lockFileProblems({ packages })).toEqual([
		expect.stringContaining("other 2.0.0 is locked to http://localhost/"),
	]);
});
