import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, release, totalmem, type } from "node:os";

// biome-ignore lint/suspicious/noTemplateCurlyInString: the program fills it in
const WEBKIT_FORMAT = "--showformat=WebKitGTK ${Version}";

/** The first line of a program's version output. @param {string} program @param {string[]} args */
function firstLine(program, args) {
	try {
		const text = execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
		return text.trim().split("\n")[0] ?? "";
	} catch {
		return "not installed";
	}
}

function systemName() {
	try {
		return /^PRETTY_NAME="(.+)"$/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? process.platform;
	} catch {
		return process.platform;
	}
}

/**
 * Describes the machine without identifying it.
 *
 * @returns {string} one line
 */
export function describeMachine() {
	const [processor] = cpus();
	return [
		`${cpus().length} × ${processor?.model.trim() ?? "unknown processor"}`,
		`${Math.round(totalmem() / 2 ** 30)} GiB`,
		`${systemName()}, ${type()} ${release().split(".", 2).join(".")}`,
		`Node ${process.versions.node}`,
		firstLine("chromium", ["--version"]),
		firstLine("firefox-esr", ["--version"]),
		firstLine("dpkg-query", ["--show", WEBKIT_FORMAT, "webkit2gtk-driver"]),
	].join(" · ");
}

/** The verified commit, and whether the worktree has changes. @param {string} root */
export function describeCommit(root) {
	const git = (/** @type {string[]} */ ...args) => execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
	const changed = git("status", "--porcelain", "--untracked-files=no") !== "";
	return `${git("rev-parse", "--short", "HEAD")}${changed ? " with changes" : ""}`;
}
