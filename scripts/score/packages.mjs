import { existsSync } from "node:fs";
import { installPackages } from "../ensure-programs.mjs";

/** Debian's packages with what is scored and compared, and a file or folder of each. */
const PACKAGES = {
	"hydrogen-drumkits": "/usr/share/hydrogen/data/drumkits",
	"sonic-pi-samples": "/usr/share/sonic-pi/samples",
	hydrogen: "/usr/bin/h2cli",
	"hydrogen-data": "/usr/share/hydrogen/data/demo_songs",
	lmms: "/usr/bin/lmms",
	"lmms-common": "/usr/share/lmms/projects",
	"openttd-openmsx": "/usr/share/games/openttd/baseset/openmsx",
	fluidsynth: "/usr/bin/fluidsynth",
	"timgm6mb-soundfont": "/usr/share/sounds/sf2/TimGM6mb.sf2",
	"aubio-tools": "/usr/bin/aubiotrack",
	"python3-aubio": "/usr/bin/aubio",
	"bpm-tools": "/usr/bin/bpm",
	ffmpeg: "/usr/bin/ffmpeg",
};

const names = /** @type {(keyof typeof PACKAGES)[]} */ (Object.keys(PACKAGES));

/** Installs, as root, those that are missing. */
export function ensurePackages(wanted = names) {
	installPackages(wanted.filter((name) => !existsSync(PACKAGES[name])));
}
