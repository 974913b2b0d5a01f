const problems: Readonly<Record<string, string>> = {
	NotAllowedError:
		"The browser gives this page no input. Allow the microphone for this page, and choose the input again.",
	NotFoundError: "No input is connected. Connect a microphone or an audio interface, and choose the input again.",
	OverconstrainedError: "The input is not connected any more. Connect it, or choose another one.",
	NotReadableError: "The input cannot be opened. Close other programs that use it, and choose it again.",
};

/** Why an input cannot be recorded, and what to do. @param error - what `getUserMedia` has thrown */
export function inputProblem(error: unknown): string {
	const name = typeof error === "object" && error !== null && "name" in error ? String(error.name) : "";
	const known = Object.hasOwn(problems, name) ? problems[name] : undefined;
	return known ?? "The input cannot be opened. Choose another one, or try again.";
}

/** Where the page has no inputs at all. */
export const noInputs =
	"This page reaches no inputs. Open it over HTTPS or on localhost, in a browser that can record.";
