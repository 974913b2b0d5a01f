// A file of its own, which can be replaced: mpg123 is under the LGPL.
export { MPEGDecoder } from "mpg123-decoder";
