// @ts-check
// Timers with names: setting one again moves it.

export function namedTimers() {
  /** @type {Map<string, number>} */
  const timers = new Map();

  /** @param {string} name */
  function cancel(name) {
    clearTimeout(timers.get(name));
    timers.delete(name);
  }

  return {
    cancel,

    /**
     * @param {string} name
     * @param {number} delay milliseconds
     * @param {() => void} act
     */
    set(name, delay, act) {
      cancel(name);
      const fire = () => {
        timers.delete(name);
        act();
      };
      timers.set(name, window.setTimeout(fire, delay));
    },

    /** @param {string} name */
    has: (name) => timers.has(name),

    cancelAll: () => [...timers.keys()].forEach(cancel),
  };
}

/** Waits that double, from half a second to half a minute, each a little different. */
export function backoff(first = 500, longest = 30_000) {
  let wait = first;
  return {
    next() {
      const jittered = wait * (0.7 + Math.random() * 0.6);
      wait = Math.min(wait * 2, longest);
      return jittered;
    },
    reset: () => (wait = first),
  };
}

/** @param {number} delay milliseconds */
export const later = (delay) => new Promise((resolve) => setTimeout(resolve, delay));
