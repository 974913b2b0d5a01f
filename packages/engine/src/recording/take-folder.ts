/** The folder of takes in the origin's private file system. */
export const TAKE_FOLDER = "flitzis-looper-takes";
