// The real loader thread of a page that may not ask for Web Locks.
import "./refuse-locks.js"; // oxlint-disable-line no-unassigned-import -- it changes the platform
import "./engine/loader-thread.js"; // oxlint-disable-line no-unassigned-import -- it listens
