/** The sound of the pad that every example shows. */
export const SOUNDS = { 0: "/sound.wav" };
