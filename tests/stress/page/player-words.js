// Words that a soak's page and its player's thread share.

/** Commands that the player has sent. */
export const PLAYS = 0;
export const STOPS = 1;
/** Its calls that ended in `ring-full`. */
export const REFUSED = 2;
/** What the page wants, and what the player does: PLAYING, PAUSED or ENDED. */
export const WANTED = 3;
export const DOES = 4;
/** The newest frame that the page knows of. */
export const FRAME = 5;
export const WORDS = 6;

export const PLAYING = 0;
export const PAUSED = 1;
export const ENDED = 2;

/** How far ahead the frame of a timed command lies at most. */
export const FRAMES_AHEAD = 4096;
