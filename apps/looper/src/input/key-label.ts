/**
 * The name of a key as printed on the performer's keyboard.
 *
 * Digit keys are named by their digit, which is printed even where the layout types something else without Shift.
 *
 * @param code - the key's position, as in `KeyboardEvent.code`
 * @param typed - what the key types in the performer's layout; undefined when the browser does not say
 */
export function keyLabel(code: string, typed: string | undefined): string {
	if (code.startsWith("Digit")) return code.slice("Digit".length);
	if (typed !== undefined && typed.trim() !== "") return typed.toUpperCase();
	if (code === "Comma") return ",";
	return code.startsWith("Key") ? code.slice("Key".length) : code;
}
