/** A file that is no set, or one that this program cannot read. Its message is for the performer. */
export class SetFileError extends Error {
	override readonly name: string = "SetFileError";
}
