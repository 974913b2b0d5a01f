// The real recording thread in a browser without a private file system.
import "./refuse-files.js"; // oxlint-disable-line no-unassigned-import -- it changes the platform
import "./engine/recording-thread.js"; // oxlint-disable-line no-unassigned-import -- it listens
