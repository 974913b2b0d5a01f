import type { LoaderErrorEvent } from "flitzis-looper";

/** Why a load failed, in words that a performer can act on; the engine's own speak to developers where memory is short. */
export function failureText({ code, msg }: Pick<LoaderErrorEvent, "code" | "msg">): string {
	if (code !== "out-of-memory") return msg;
	return "Too little memory is left for this sound. Empty pads that you do not need, or use a shorter file.";
}
