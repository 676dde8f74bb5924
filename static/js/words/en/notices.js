/** Progress, notes, the connection, numbers that are not finite. */
export const NOTICES = {
  "notices.working": "Working",
  "notices.starting": "Starting …",
  "notices.aria": "Notes",
  "notices.dismiss": "Dismiss",
  "notices.stale": "What you see may be out of date. Reconnecting by itself …",
  "notices.offline": "Not connected.",
  "notices.reconnect": "Reconnect now",
  "notices.again": "Connect again",
  "notices.anew": "Begin a new session",
  "notices.opback": "One op back",
  "notices.restart": "Begin again",
  "notices.diverged": "{call} made a number that is not finite.",
};
