import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

const NAME = "flitzis-looper";

/** Environment variables that determine where caches belong. */
interface SystemPlaces {
	readonly LOCALAPPDATA?: string | undefined;
	readonly XDG_CACHE_HOME?: string | undefined;
}

/**
 * The conventional cache directory of the user on this system.
 *
 * Source: XDG Base Directory Specification 0.8, section 3, where relative paths are to be ignored; Apple, "File System
 * Programming Guide"; Microsoft, "Known Folder IDs".
 */
export function defaultCacheDirectory(
	system: { platform: string; env: SystemPlaces; home: string } = {
		platform: process.platform,
		env: process.env,
		home: homedir(),
	},
): string {
	const { platform, env, home } = system;
	if (platform === "win32") return join(env.LOCALAPPDATA ?? join(home, "AppData", "Local"), NAME, "Cache");
	if (platform === "darwin") return join(home, "Library", "Caches", NAME);
	const chosen = env.XDG_CACHE_HOME ?? "";
	return join(isAbsolute(chosen) ? chosen : join(home, ".cache"), NAME);
}
