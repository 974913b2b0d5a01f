import type { LoaderErrorEvent } from "flitzis-looper";

/** Why a load failed, in terms a performer can act on. The engine's own message about memory addresses developers. */
export function failureText({ code, msg }: Pick<LoaderErrorEvent, "code" | "msg">): string {
	if (code !== "out-of-memory") return msg;
	return "Not enough memory is left for this sound. Empty pads that you do not need, or use a shorter file.";
}
