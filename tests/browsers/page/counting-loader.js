// The real loader thread, which counts what it reads.
import "./count-reads.js"; // oxlint-disable-line no-unassigned-import -- it changes the platform
import "./engine/loader-thread.js"; // oxlint-disable-line no-unassigned-import -- it listens
