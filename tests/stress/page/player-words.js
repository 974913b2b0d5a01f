// Shared words of a soak's page and its player thread.

/** Commands sent by the player. */
export const PLAYS = 0;
export const STOPS = 1;
/** Its calls that ended in `ring-full`. */
export const REFUSED = 2;
/** The state requested by the page, and the player's state: PLAYING, PAUSED or ENDED. */
export const WANTED = 3;
export const DOES = 4;
/** The latest frame known to the page. */
export const FRAME = 5;
export const WORDS = 6;

export const PLAYING = 0;
export const PAUSED = 1;
export const ENDED = 2;

/** Maximum distance of a timed command's frame. */
export const FRAMES_AHEAD = 4096;
