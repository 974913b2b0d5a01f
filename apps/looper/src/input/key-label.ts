/**
 * Names a key the way it is printed on the performer's keyboard.
 *
 * Digits keep their digit, because layouts that type something else without Shift still print it.
 *
 * @param code - the key's place, as in `KeyboardEvent.code`
 * @param typed - what the key types in the performer's layout, undefined where the browser does not tell
 */
export function keyLabel(code: string, typed: string | undefined): string {
	if (code.startsWith("Digit")) return code.slice("Digit".length);
	if (typed !== undefined && typed.trim() !== "") return typed.toUpperCase();
	if (code === "Comma") return ",";
	return code.startsWith("Key") ? code.slice("Key".length) : code;
}
