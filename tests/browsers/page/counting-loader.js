// The real loader thread with counted reads.
import "./count-reads.js"; // oxlint-disable-line no-unassigned-import -- it changes the platform
import "./engine/loader-thread.js"; // oxlint-disable-line no-unassigned-import -- it listens
