/** A question before the performer loses something. */
export interface Question {
	readonly text: string;
	/** Label of the button that confirms. */
	readonly consent: string;
}
