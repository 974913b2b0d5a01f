/** The folder of takes in the origin's private file system. An application may list it to find those of earlier visits. */
export const TAKE_FOLDER = "flitzis-looper-takes";
